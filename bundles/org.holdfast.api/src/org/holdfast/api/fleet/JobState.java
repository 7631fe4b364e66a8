package org.holdfast.api.fleet;

/** Where a job stands. */
public enum JobState {
    /** Asked for, not yet taken by the agent. */
    QUEUED,
    /** At work. */
    RUNNING,
    /** Stopped for now by a person or a rule, goes on when told to. */
    PAUSED,
    /** Ended well. */
    DONE,
    /** Ended, with something skipped or handled in part. */
    DONE_WITH_WARNINGS,
    /** Ended without what was asked for. */
    FAILED,
    /** Ended because a person said so. */
    CANCELLED,
    /** Its agent was lost or restarted; the work goes on in another job from the last checkpoint. */
    INTERRUPTED;

    /** Whether the job has ended; such a state never changes again. */
    public boolean isFinal() {
        return ordinal() >= DONE.ordinal();
    }
}
