/**
 * Tokens of Entra ID: where their keys come from, and what has to be true of a token before anybody is believed to be
 * who it says. Knows nothing of accounts.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.people.entra;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
