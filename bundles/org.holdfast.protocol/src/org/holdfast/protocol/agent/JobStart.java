package org.holdfast.protocol.agent;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobTrigger;

/**
 * An agent tells of a job that it began by itself ({@code POST /agent/v1/jobs}); saying it twice is the same as once.
 *
 * @param id UUID chosen by the agent
 * @param kind what the job does
 * @param trigger why it was begun
 * @param started by the agent's clock
 * @param items paths that were asked for instead of the policy's
 * @param keepUntil the point is kept until then, or null
 * @param point restore or verify: the point read, or null
 * @param resumes the interrupted job it goes on with, or null
 */
public record JobStart(String id, JobKind kind, JobTrigger trigger, Instant started, List<String> items,
        @Nullable Instant keepUntil, @Nullable String point, @Nullable String resumes) {
    /** Copies; a missing list is empty. */
    public JobStart {
        items = items == null ? List.of() : List.copyOf(items);
    }
}
