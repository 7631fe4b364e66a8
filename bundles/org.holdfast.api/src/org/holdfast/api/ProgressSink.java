package org.holdfast.api;

/**
 * Receives what a job has to tell while it runs. Called from the job's own threads, one call at a time; must return
 * quickly and must not throw.
 */
public interface ProgressSink {
    /** Takes everything and does nothing with it. */
    ProgressSink NONE = progress -> {
    };

    /** A new snapshot; at most about five a second. */
    void progress(Progress progress);

    /** One path was skipped or handled only in part; every one of them is also part of the job's result. */
    default void warning(Warning warning) {
    }
}
