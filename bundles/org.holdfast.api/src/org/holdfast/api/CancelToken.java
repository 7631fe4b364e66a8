package org.holdfast.api;

/**
 * Asks a long operation to stop. Set once by whoever started the operation, polled by the workers; thread-safe.
 */
public final class CancelToken {
    private volatile boolean cancelled;

    /** Asks the operation to stop as soon as it can; never blocks and may be called more than once. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether {@link #cancel()} has been called. */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * @throws HoldfastException with {@link Problem#CANCELLED} when the operation was asked to stop
     */
    public void check() {
        if (cancelled) {
            throw new HoldfastException(Problem.CANCELLED, "The operation was cancelled.", "");
        }
    }
}
