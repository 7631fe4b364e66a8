/** What every part of the protocol shares: the one JSON dialect, problem bodies, pages of lists. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.protocol.common;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
