/**
 * What people and programs do with a vault: create and open it, back up into it, browse, search, restore, verify,
 * retain. The engine bundle provides these services for a vault in a directory; console and command line know
 * nothing else of the engine.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.vault;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
