package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An alert; what its components mean is said at {@code AlertSummary}.
 *
 * @param id identity
 * @param vaultId or null
 * @param serverId or null
 * @param kind wire name
 * @param severity wire name
 * @param state wire name
 * @param openKey name of the cause while it is open, then null
 * @param message one sentence
 * @param advice may be empty
 * @param jobId or null
 * @param occurrences how often
 * @param raised first time
 * @param lastSeen last time
 * @param closed or null
 * @param acknowledgedBy or null
 * @param remark may be empty
 * @param mutedUntil or null
 * @param version counts edits by people
 * @param code of the problem behind it, or null
 */
public record AlertRow(UUID id, @Nullable UUID vaultId, @Nullable UUID serverId, String kind, String severity,
        String state, @Nullable String openKey, String message, String advice, @Nullable UUID jobId,
        long occurrences, Instant raised, Instant lastSeen, @Nullable Instant closed,
        @Nullable String acknowledgedBy, String remark, @Nullable Instant mutedUntil, long version,
        @Nullable String code) {
}
