package org.holdfast.agent.internal.jobs;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** A command before or after a backup failed, and the policy says that the backup fails with it. */
final class HookFailedException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    HookFailedException(String message) {
        super(Problem.INVALID_REQUEST, message, "See the agent's log for what the command wrote.");
    }
}
