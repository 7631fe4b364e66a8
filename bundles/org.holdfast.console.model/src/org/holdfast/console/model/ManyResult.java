package org.holdfast.console.model;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.Failure;

/**
 * How an action on one of many things stands.
 *
 * @param <T> the things
 * @param target the thing
 * @param state how it stands
 * @param reason why it was skipped, empty otherwise
 * @param failure why it failed, null otherwise
 */
public record ManyResult<T>(T target, State state, String reason, @Nullable Failure failure) {
    /** How it can stand. */
    public enum State {
        /** Its turn has not come. */
        WAITING,
        /** It is being done. */
        RUNNING,
        /** It was done. */
        DONE,
        /** There was nothing to do, or it cannot be done here. */
        SKIPPED,
        /** It failed. */
        FAILED,
        /** It was given up before its turn. */
        CANCELLED
    }

    /** Whether nothing more will happen to it by itself. */
    public boolean isOver() {
        return state != State.WAITING && state != State.RUNNING;
    }
}
