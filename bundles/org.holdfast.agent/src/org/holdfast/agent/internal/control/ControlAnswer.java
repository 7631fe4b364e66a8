package org.holdfast.agent.internal.control;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobProgress;

/**
 * What the agent says; one line of JSON. After {@code submit} there are many, the last with a job whose state is final.
 *
 * @param status how it is, or null
 * @param job a job, or null
 * @param progress how far the job is, or null
 * @param failure why the request failed, or null
 */
public record ControlAnswer(@Nullable AgentStatus status, @Nullable JobEntry job, @Nullable JobProgress progress,
        @Nullable JobFailure failure) {
}
