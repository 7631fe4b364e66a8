package org.holdfast.agent.internal.jobs;

import org.holdfast.api.fleet.JobResult;

/** The work of one kind of job. */
@FunctionalInterface
public interface JobWork {
    /**
     * Does it. Failures are exceptions; {@link org.holdfast.api.Problem#CANCELLED} when the job was asked to stop.
     */
    JobResult run(JobContext context) throws Exception;
}
