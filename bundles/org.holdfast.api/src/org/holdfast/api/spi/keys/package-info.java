/**
 * Safe places for passphrases: what an agent needs from a file, a key vault or another holder of secrets to keep the
 * passphrase of a protected server and to read it back.
 */
@Version("1.1.0")
@NonNullByDefault
package org.holdfast.api.spi.keys;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
