/**
 * What the engine needs from a place it protects and from a place it restores to. A provider reports facts (names as
 * bytes, raw metadata, data with its holes) and performs single steps; all policy is the engine's.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.spi.source;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
