package org.holdfast.vault.http;

import java.util.function.IntSupplier;

import org.eclipse.jdt.annotation.Nullable;

/** Is told of each request when it has been answered; used for metrics. Must be quick and must not fail. */
public interface RequestObserver {
    /**
     * A request has been answered.
     *
     * @param route the route, null when none was found
     * @param status status of the answer
     * @param nanos time it took, in nanoseconds
     */
    void answered(@Nullable Route route, int status, long nanos);

    /** Tells where to ask how many connections are open; called once, when the server is put together. */
    default void connections(IntSupplier open) {
        // who does not count them has nothing to keep
    }
}
