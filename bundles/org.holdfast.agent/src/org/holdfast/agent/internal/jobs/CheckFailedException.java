package org.holdfast.agent.internal.jobs;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** A check found something that keeps the agent from working. Says nothing of what is protected. */
final class CheckFailedException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    CheckFailedException(String message, String advice) {
        super(Problem.INVALID_REQUEST, message, advice);
    }
}
