package org.holdfast.api;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A failure with a stable code, a sentence that says what happened and one that says what to do next. Unchecked,
 * because nearly every caller passes it on to the edge where a person or a program is told.
 */
public class HoldfastException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String advice;

    /**
     * @param problem the stable code
     * @param message what happened, one sentence without a trailing line break
     * @param advice what the person can do about it, may be empty
     */
    public HoldfastException(Problem problem, String message, String advice) {
        this(problem, message, advice, null);
    }

    /**
     * @param problem the stable code
     * @param message what happened
     * @param advice what the person can do about it, may be empty
     * @param cause the failure underneath, or null
     */
    public HoldfastException(Problem problem, String message, String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
        this.advice = advice;
    }

    /** The stable code. */
    public Problem problem() {
        return problem;
    }

    /** What to do next; empty when there is nothing sensible to say. */
    public String advice() {
        return advice;
    }
}
