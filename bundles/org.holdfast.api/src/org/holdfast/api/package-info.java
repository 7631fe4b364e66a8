/**
 * The vocabulary that every Holdfast bundle shares: problems with stable codes and advice, progress and
 * cancellation, and paths as the bytes the protected server knows them by. It imports nothing but the JDK, so any
 * plug-in can compile against it without pulling in the engine, and it carries no behaviour beyond its own values.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
