/** The vault format: chunker, packs, directory blocks, manifests and index segments as functions over bytes. */
@Version("1.0.0")
package org.holdfast.format;

import org.osgi.annotation.versioning.Version;
