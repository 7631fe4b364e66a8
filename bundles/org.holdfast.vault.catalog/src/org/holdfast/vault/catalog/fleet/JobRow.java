package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A job; what its components mean is said at {@code JobSummary}.
 *
 * @param id identity
 * @param vaultId its vault
 * @param serverId the server that does it
 * @param kind wire name
 * @param state wire name
 * @param cause wire name of the trigger
 * @param requestedBy user, may be empty
 * @param created vault time
 * @param started vault time, or null
 * @param ended vault time, or null
 * @param keepUntil or null
 * @param items JSON array
 * @param policy name, or null
 * @param policyVersion or 0
 * @param sourceServer or null
 * @param point or null
 * @param progress JSON, or null
 * @param result JSON, or null
 * @param failureCode or null
 * @param failureMessage or null
 * @param failureAdvice or null
 * @param warnings JSON object of numbers
 * @param warningCount their sum
 * @param resumes or null
 * @param lastSequence last event seen
 * @param bootId of the agent's start that does it, may be empty
 * @param changed when this row was written
 */
public record JobRow(UUID id, UUID vaultId, UUID serverId, String kind, String state, String cause,
        String requestedBy, Instant created, @Nullable Instant started, @Nullable Instant ended,
        @Nullable Instant keepUntil, String items, @Nullable String policy, long policyVersion,
        @Nullable UUID sourceServer, @Nullable String point, @Nullable String progress, @Nullable String result,
        @Nullable String failureCode, @Nullable String failureMessage, @Nullable String failureAdvice,
        String warnings, long warningCount, @Nullable UUID resumes, long lastSequence, String bootId,
        Instant changed) {
}
