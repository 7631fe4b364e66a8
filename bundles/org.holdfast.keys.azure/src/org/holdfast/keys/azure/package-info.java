/**
 * Azure Key Vault: a safe place for passphrases, each change a version of a secret, and keys that wrap key slots. It is
 * called by its documented interface, https://learn.microsoft.com/rest/api/keyvault/, with identities of Entra ID.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.keys.azure;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
