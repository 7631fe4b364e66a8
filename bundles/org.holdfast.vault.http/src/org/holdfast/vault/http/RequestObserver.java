package org.holdfast.vault.http;

import org.eclipse.jdt.annotation.Nullable;

/** Is told of each request when it has been answered; used for metrics. Must be quick and must not fail. */
@FunctionalInterface
public interface RequestObserver {
    /**
     * A request has been answered.
     *
     * @param route the route, null when none was found
     * @param status status of the answer
     * @param nanos time it took, in nanoseconds
     */
    void answered(@Nullable Route route, int status, long nanos);
}
