/** Parts, dialogs and contributions of the perspective; only its own tests see them. */
@Version("1.0.0")
package org.holdfast.console.recovery.internal;

import org.osgi.annotation.versioning.Version;
