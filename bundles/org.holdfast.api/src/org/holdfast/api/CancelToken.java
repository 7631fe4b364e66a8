package org.holdfast.api;

import java.util.function.BooleanSupplier;

/**
 * Asks a long operation to stop. Set once by whoever started the operation, polled by the workers; thread-safe.
 */
public final class CancelToken {
    private final BooleanSupplier also;
    private volatile boolean cancelled;

    /** Nobody has asked yet. */
    public CancelToken() {
        this(() -> false);
    }

    /** @param also says whether the operation has to stop although nobody asked; cheap, and called often */
    public CancelToken(BooleanSupplier also) {
        this.also = also;
    }

    /** Asks the operation to stop as soon as it can; never blocks and may be called more than once. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether the operation has to stop. */
    public boolean isCancelled() {
        return cancelled || also.getAsBoolean();
    }

    /**
     * @throws HoldfastException with {@link Problem#CANCELLED} when the operation was asked to stop
     */
    public void check() {
        if (isCancelled()) {
            throw new HoldfastException(Problem.CANCELLED, "The operation was cancelled.", "");
        }
    }
}
