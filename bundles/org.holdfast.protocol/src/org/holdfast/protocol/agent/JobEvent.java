package org.holdfast.protocol.agent;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;

/**
 * One thing that happened in a job; what did not change is null or empty.
 *
 * @param sequence counts up from 1 in each job; the vault skips what it has seen
 * @param at by the agent's clock
 * @param state the state from now on, or null
 * @param progress how far it is, or null
 * @param warnings number of warnings by code since the job began
 * @param details new warnings with their paths; only when the policy has {@code reportPaths}
 * @param result what it did, with a state that is final
 * @param failure why it did not end well, with a state that is final
 */
public record JobEvent(long sequence, Instant at, @Nullable JobState state, @Nullable JobProgress progress,
        Map<String, Long> warnings, List<WarningDetail> details, @Nullable JobResult result,
        @Nullable JobFailure failure) {
    /** Copies; what is missing is empty. */
    public JobEvent {
        warnings = warnings == null ? Map.of() : Map.copyOf(warnings);
        details = details == null ? List.of() : List.copyOf(details);
    }
}
