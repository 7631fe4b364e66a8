package org.holdfast.vault.http.internal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which the head of a request does not come to its end in time. The idle time-out does not see
 * them: a byte now and then is enough to stay alive (the attack known as slowloris). A new connection has the same time
 * for its handshake and first request together.
 */
final class ConnectionGuard extends AbstractLifeCycle implements Connection.Listener {
    private final Scheduler scheduler;
    private final long patience;
    private final Map<Connection, State> states = new ConcurrentHashMap<>();
    private volatile Scheduler.@Nullable Task sweep;

    ConnectionGuard(Scheduler scheduler, Duration patience) {
        this.scheduler = scheduler;
        this.patience = patience.toNanos();
    }

    /** A request has arrived; until it is answered, its own bounds hold. */
    void arrived(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        State state = states.get(connection);
        if (state != null) {
            state.requests.incrementAndGet();
            Request.addCompletionListener(request, failure -> state.wait(connection));
        }
    }

    /** How many connections there are. */
    int connections() {
        return states.size();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) {
            states.put(connection, new State());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        states.remove(connection);
    }

    @Override
    protected void doStart() {
        plan();
    }

    @Override
    protected void doStop() {
        Scheduler.Task planned = sweep;
        if (planned != null) {
            planned.cancel();
        }
    }

    private void plan() {
        sweep = scheduler.schedule(() -> {
            states.forEach(this::look);
            if (isRunning() || isStarting()) {
                plan();
            }
        }, Math.max(patience / 8, TimeUnit.MILLISECONDS.toNanos(20)), TimeUnit.NANOSECONDS);
    }

    private void look(Connection connection, State state) {
        if (state.isLate(connection, patience)) {
            connection.getEndPoint().close();
        }
    }

    /** What is known of a connection. */
    private static final class State {
        /** The next request may be here before the end of the one before is known: then there are two. */
        private final AtomicInteger requests = new AtomicInteger();
        private volatile boolean fresh = true;
        private volatile long bytes;
        private volatile long since = System.nanoTime();

        /** From now on the next request is waited for. */
        void wait(Connection connection) {
            bytes = connection.getBytesIn();
            since = System.nanoTime();
            fresh = false;
            requests.decrementAndGet();
        }

        boolean isLate(Connection connection, long patience) {
            if (requests.get() > 0) {
                return false;
            }
            long now = System.nanoTime();
            if (!fresh && connection.getBytesIn() <= bytes) {
                since = now;
                return false;
            }
            return now - since > patience;
        }
    }
}
