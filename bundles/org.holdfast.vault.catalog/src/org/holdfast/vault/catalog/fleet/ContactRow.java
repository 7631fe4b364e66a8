package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What an agent reported about its server; written in batches.
 *
 * @param id the server
 * @param hostname as reported
 * @param addresses JSON array
 * @param os as reported
 * @param zone as reported
 * @param agentVersion as reported
 * @param bootId of the agent's start
 * @param appliedPolicy as reported
 * @param drift as reported, or null
 * @param lastContact vault time
 * @param nextBackup as reported, or null
 * @param clockSkew its clock minus the vault's in milliseconds
 */
public record ContactRow(UUID id, String hostname, String addresses, String os, String zone, String agentVersion,
        String bootId, String appliedPolicy, @Nullable String drift, Instant lastContact,
        @Nullable Instant nextBackup, long clockSkew) {
}
