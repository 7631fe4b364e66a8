package org.holdfast.engine.internal.backup;

import java.io.IOException;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Session;

/**
 * What is tidied up at the end of a backup. Once the point is committed it is there for good, so from then on what
 * cannot be tidied up is a warning: whoever were told that the backup failed would make another one for nothing.
 */
final class AfterCommit implements AutoCloseable {
    private final Session session;
    private final Counters counters;
    private boolean committed;
    private boolean closed;

    /** @param session closed with this */
    AfterCommit(Session session, Counters counters) {
        this.session = session;
        this.counters = counters;
    }

    Session session() {
        return session;
    }

    /** Removes what a point makes superfluous. */
    @FunctionalInterface
    interface Removal {
        void run() throws IOException;
    }

    /**
     * The point is durable.
     *
     * @param checkpoints removes those that it makes superfluous
     */
    void committed(Removal checkpoints) {
        committed = true;
        try {
            checkpoints.run();
        } catch (IOException e) {
            warn(Points.CHECKPOINTS, "an earlier checkpoint of it could not be removed: " + e.getMessage()
                    + ". The next backup or retain removes it.");
        }
    }

    /** Ends the session. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            session.close();
        } catch (HoldfastException e) {
            if (!committed) {
                throw e;
            }
            warn(Session.PREFIX + session.id(), "its session could not be removed. " + e.getMessage()
                    + " Retain collects nothing until the session has run out, which takes "
                    + Session.LEASE.toMinutes() + " minutes.");
        }
    }

    private void warn(String object, String what) {
        counters.warn(new Warning(RawPath.of(object), Problem.STORE_UNAVAILABLE,
                "The recovery point is complete, but " + what));
    }
}
