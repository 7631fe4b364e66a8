/**
 * Previews of files in recovery points, for plug-ins: see {@link org.holdfast.console.recovery.preview.RestorePreview}
 * and the extension point {@code org.holdfast.console.recovery.restorePreview}.
 */
@Version("1.0.0")
package org.holdfast.console.recovery.preview;

import org.osgi.annotation.versioning.Version;
