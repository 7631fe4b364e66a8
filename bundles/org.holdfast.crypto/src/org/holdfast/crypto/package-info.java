/**
 * Keys, authenticated encryption, content identities, key slots and signatures of a Holdfast encryption domain.
 * Everything here is a pure function over bytes: no file, no network, no clock, no service. The byte layouts are
 * specified in {@code docs/format-keys.md}; integers are big-endian throughout.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.crypto;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
