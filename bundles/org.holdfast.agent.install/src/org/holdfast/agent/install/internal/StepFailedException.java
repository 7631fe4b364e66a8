package org.holdfast.agent.install.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.Outcome;

/** A host that cannot go on: what became of it, why, and what to do. */
public final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final String advice;

    /**
     * @param outcome what became of the host
     * @param message what happened, a sentence without a full stop
     * @param advice what to do about it, a whole sentence, may be empty
     */
    public StepFailedException(Outcome outcome, String message, String advice) {
        this(outcome, message, advice, null);
    }

    /** The same with what lies beneath. */
    public StepFailedException(Outcome outcome, String message, String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
        this.advice = advice;
    }

    /** What became of the host. */
    public Outcome outcome() {
        return outcome;
    }

    /** What to do about it; may be empty. */
    public String advice() {
        return advice;
    }

    /** What happened. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
