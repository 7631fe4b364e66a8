package org.holdfast.agent.internal.jobs;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobResult;

/** A restore drill found what does not come back as it was stored. Says nothing of what is protected. */
public final class DrillFailedException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    private final transient JobResult result;

    /** @param result what the drill did all the same */
    public DrillFailedException(String message, String advice, JobResult result) {
        super(Problem.OBJECT_DAMAGED, message, advice);
        this.result = result;
    }

    /** What the drill did all the same. */
    public JobResult result() {
        return result;
    }
}
