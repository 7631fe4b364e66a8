/**
 * How servers come to a vault: vault credentials files, registration, certificates of agents.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.enrol;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
