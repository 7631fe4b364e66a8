/**
 * What the engine needs from a place that keeps a vault's objects: create-only puts, range reads, listing and
 * deletion. Everything above (packs, index, points) is the engine's; a store knows names and bytes.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.spi.store;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
