/**
 * A blob store that is a vault server: objects are put, read and listed over the wire, under the fence of a session.
 */
@Version("1.0.0")
package org.holdfast.store.vault;

import org.osgi.annotation.versioning.Version;
