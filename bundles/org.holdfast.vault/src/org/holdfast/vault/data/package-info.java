/**
 * Objects of protected servers: sessions with fences, what may be stored under which name, commits of recovery points,
 * reading by others, retention without any passphrase. One server's objects are one vault of format 1 in a store of its
 * own, so that they can be rescued by hand.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.data;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
