/** People of an installation: accounts, what they may, and the audit of what they and others did. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.people;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
