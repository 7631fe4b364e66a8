/** Tables of people, audit, vault credentials, registrations and certificates. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.catalog.people;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
