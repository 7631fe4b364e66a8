package org.holdfast.api.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A job of a protected server.
 *
 * @param id UUID, chosen by whoever asked for the job
 * @param vault name of the vault
 * @param serverId the server that does the work
 * @param server its name
 * @param kind what it does
 * @param state where it stands
 * @param trigger why it was started
 * @param requestedBy user who asked for it, or empty
 * @param created when it was asked for, vault time
 * @param started when the agent began, vault time, or null
 * @param ended when it ended, vault time, or null
 * @param keepUntil the point is kept until then whatever the policy says, or null
 * @param items paths that were asked for instead of the policy's
 * @param policy name of the policy that held, or null
 * @param policyVersion its version, or 0
 * @param sourceServer restore: id of the server whose point is restored, or null
 * @param point the point made or restored from, or null
 * @param progress how far it is, or null before it reported any
 * @param result what it did, or null before the end
 * @param failure why it did not end well, or null
 * @param warnings number of warnings by code
 * @param resumes id of the interrupted job it goes on with, or null
 */
public record JobSummary(String id, String vault, String serverId, String server, JobKind kind, JobState state,
        JobTrigger trigger, String requestedBy, Instant created, @Nullable Instant started, @Nullable Instant ended,
        @Nullable Instant keepUntil, List<String> items, @Nullable String policy, long policyVersion,
        @Nullable String sourceServer, @Nullable String point, @Nullable JobProgress progress,
        @Nullable JobResult result, @Nullable JobFailure failure, Map<String, Long> warnings,
        @Nullable String resumes) {
    /** Copies; missing lists are empty. */
    public JobSummary {
        items = items == null ? List.of() : List.copyOf(items);
        warnings = warnings == null ? Map.of() : Map.copyOf(warnings);
    }
}
