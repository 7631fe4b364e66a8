/**
 * A store whose objects are kept by a vault server: create-only puts within a session, packs sent in the background
 * while the engine goes on, ranges read ahead, immutable objects kept in a cache folder.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.store.vault;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
