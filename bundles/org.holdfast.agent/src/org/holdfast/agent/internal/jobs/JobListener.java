package org.holdfast.agent.internal.jobs;

import org.holdfast.api.Progress;
import org.holdfast.api.Warning;

/** Told what happens in jobs, by the jobs' own threads; must return quickly. */
public interface JobListener {
    /** The state of a job changed, or it is new. */
    void changed(JobEntry entry);

    /** A job came further. */
    void progressed(String jobId, Progress progress);

    /** A job skipped something. */
    void warned(String jobId, Warning warning);
}
