/**
 * Presenters of the Recover perspective: time line, folders, contents, search, versions, basket and restore. Each is
 * confined to one thread (the user interface's), which it reaches through the executor it was made with; vaults are
 * asked on other threads.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.console.client.recover;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
