package org.holdfast.api.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An alert: one cause, however often it came up.
 *
 * @param id UUID
 * @param vault name of the vault, or null when it concerns the installation
 * @param serverId the server concerned, or null
 * @param server its name, or null
 * @param kind what it is about
 * @param severity how much it matters
 * @param state where it stands
 * @param message what happened, one sentence
 * @param advice what to do, may be empty
 * @param jobId the last job that caused it, or null
 * @param count how often the cause came up
 * @param raised when it came up first
 * @param lastSeen when it came up last
 * @param closed when the cause was gone, or null
 * @param acknowledgedBy user who takes care, or null
 * @param remark what that user said, may be empty
 * @param mutedUntil nobody is told until then, or null
 * @param code code of the problem behind it, such as {@code store-full}; null when the kind says it all
 */
public record AlertSummary(String id, @Nullable String vault, @Nullable String serverId, @Nullable String server,
        AlertKind kind, Severity severity, AlertState state, String message, String advice, @Nullable String jobId,
        long count, Instant raised, Instant lastSeen, @Nullable Instant closed, @Nullable String acknowledgedBy,
        String remark, @Nullable Instant mutedUntil, @Nullable String code) {
}
