/**
 * Vault servers this console is connected to: saved connections, one session for each with typed calls and lists that
 * are kept fresh by events. Nothing here waits on the caller's thread, and observers are called on background threads.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.console.client.fleet;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
