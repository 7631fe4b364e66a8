package org.holdfast.console.client;

/** Ends a subscription; may be closed more than once. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
