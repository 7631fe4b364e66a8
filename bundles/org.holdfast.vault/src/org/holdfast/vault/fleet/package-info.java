/**
 * The fleet of an installation: vaults and their policies, protected servers and how they stand, jobs, commands for
 * agents, questions relayed to them, and alerts. What agents say every few seconds is held in memory and written in
 * batches; everything that must survive a restart is in the catalogue before a caller is told. One node for a
 * catalogue.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.fleet;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
