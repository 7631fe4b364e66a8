package org.holdfast.client;

/** A stream of events that is reconnected by itself, going on behind the last event, until it is closed. */
public interface EventSubscription extends AutoCloseable {
    /** Whether events arrive right now. */
    boolean connected();

    /** Ends it; an event may still be delivered while this runs. */
    @Override
    void close();
}
