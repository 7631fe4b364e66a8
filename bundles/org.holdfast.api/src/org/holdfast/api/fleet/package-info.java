/**
 * What a vault knows about its fleet: vaults, protected servers, jobs, recovery points and alerts, as values that
 * vault, agent, command line and console share. Nothing here holds file names of protected servers except the item
 * paths and warnings that a policy lets the vault see.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.fleet;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
