/** What the first bytes of a file are, without widgets: text in some encoding, an image of some size, or neither. */
@Version("1.0.0")
package org.holdfast.console.client.preview;

import org.osgi.annotation.versioning.Version;
