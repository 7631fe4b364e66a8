/**
 * Requests of people that only the agent of one server can read, and that only who holds its passphrase can make: the
 * vault server in between passes them on. Apart from the client because it needs cryptography.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.client.sealed;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
