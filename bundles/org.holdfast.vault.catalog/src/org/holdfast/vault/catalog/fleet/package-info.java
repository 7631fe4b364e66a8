/**
 * SQL of the fleet: vaults, policies, protected servers, jobs, commands and alerts as rows, and the lists over them.
 * Documents within rows are JSON text that only the domain reads.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.catalog.fleet;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
