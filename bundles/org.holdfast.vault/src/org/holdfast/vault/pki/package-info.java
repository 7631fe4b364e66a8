/**
 * The vault's certificate authority: makes itself at the first start, gives the node its certificate, signs those of
 * agents. Keys are in files that only the vault's account can read.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.pki;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
