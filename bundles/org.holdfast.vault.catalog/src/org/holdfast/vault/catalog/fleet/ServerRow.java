package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A protected server; what its components mean is said at {@code ServerSummary}.
 *
 * @param id identity
 * @param vaultId its vault
 * @param name what people call it
 * @param hostname as reported
 * @param machineId as reported
 * @param addresses JSON array
 * @param os as reported
 * @param zone as reported
 * @param agentVersion as reported
 * @param bootId of the agent's last start
 * @param tags words with a comma before, between and after them; empty for none
 * @param labels JSON object of text
 * @param items JSON of {@code ServerItems}
 * @param policyId policy assigned to it alone, or null
 * @param effectivePolicy policy that holds, or null
 * @param effectiveOrigin wire name of why
 * @param appliedPolicy version of the agent's policy that it says it follows
 * @param drift why not, or null
 * @param state wire name
 * @param reason why it stands so
 * @param created when its registration began
 * @param registered when that was complete, or null
 * @param retired when it was given up, or null
 * @param lastContact about when it was last heard of, or null
 * @param lastBackup start of its last good backup, or null
 * @param lastOutcome wire name of the state its last backup ended in, or null
 * @param nextBackup as reported, or null
 * @param clockSkew its clock minus the vault's in milliseconds
 * @param domainId encryption domain, or null
 * @param publicKey Ed25519 key of the domain, base64, or null
 * @param intakeKey X25519 key, base64, or null
 * @param intakeProof signature over the intake key, base64, or null
 * @param keyHolder where the passphrase is kept, or null
 * @param points number of recovery points
 * @param storedBytes what its objects take up
 * @param version counts edits by people
 */
public record ServerRow(UUID id, UUID vaultId, String name, String hostname, String machineId, String addresses,
        String os, String zone, String agentVersion, String bootId, String tags, String labels, String items,
        @Nullable UUID policyId, @Nullable UUID effectivePolicy, String effectiveOrigin, String appliedPolicy,
        @Nullable String drift, String state, String reason, Instant created, @Nullable Instant registered,
        @Nullable Instant retired, @Nullable Instant lastContact, @Nullable Instant lastBackup,
        @Nullable String lastOutcome, @Nullable Instant nextBackup, long clockSkew, @Nullable String domainId,
        @Nullable String publicKey, @Nullable String intakeKey, @Nullable String intakeProof,
        @Nullable String keyHolder, long points, long storedBytes, long version) {
}
