/** The restore wizard, the job it starts, and the dialog that follows the job. */
@Version("1.0.0")
package org.holdfast.console.recovery.internal.restore;

import org.osgi.annotation.versioning.Version;
