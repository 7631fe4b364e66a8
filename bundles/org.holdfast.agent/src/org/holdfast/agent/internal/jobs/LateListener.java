package org.holdfast.agent.internal.jobs;

import org.holdfast.api.Progress;
import org.holdfast.api.Warning;

/** Passes on to a listener that is made later, because it needs what tells it. */
public final class LateListener implements JobListener {
    private volatile JobListener listener = new Nobody();

    private static final class Nobody implements JobListener {
        @Override
        public void changed(JobEntry entry) {
            // Nobody is there yet, and no job either.
        }

        @Override
        public void progressed(String jobId, Progress progress) {
            // The same.
        }

        @Override
        public void warned(String jobId, Warning warning) {
            // The same.
        }
    }

    /** Sets the listener. */
    public void listener(JobListener other) {
        listener = other;
    }

    @Override
    public void changed(JobEntry entry) {
        listener.changed(entry);
    }

    @Override
    public void progressed(String jobId, Progress progress) {
        listener.progressed(jobId, progress);
    }

    @Override
    public void warned(String jobId, Warning warning) {
        listener.warned(jobId, warning);
    }
}
