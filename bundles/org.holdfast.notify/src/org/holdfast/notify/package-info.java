/** Targets of notifications that come with Holdfast: mail and signed web hooks. Used through their services only. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.notify;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
