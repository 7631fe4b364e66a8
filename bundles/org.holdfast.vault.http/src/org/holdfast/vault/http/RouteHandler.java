package org.holdfast.vault.http;

import org.eclipse.jdt.annotation.Nullable;

/** Does what a route promises. */
@FunctionalInterface
public interface RouteHandler {
    /**
     * Answers a call. Runs in a virtual thread and may wait.
     *
     * @param call what is asked, by somebody who may
     * @return a record for JSON, a {@link Reply} when more than a body has to be said, or null for an empty answer
     * @throws Exception {@link org.holdfast.vault.Refusal} and
     *         {@link org.holdfast.api.HoldfastException} become problems; anything else is a defect
     */
    @Nullable
    Object handle(Call call) throws Exception;
}
