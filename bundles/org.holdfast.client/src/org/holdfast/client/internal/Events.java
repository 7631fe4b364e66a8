package org.holdfast.client.internal;

import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.client.Call;
import org.holdfast.client.EventListener;
import org.holdfast.client.EventSubscription;
import org.holdfast.client.RemoteException;

/** Keeps a stream of events open until it is closed. */
public final class Events implements EventSubscription {
    /** The vault sends something every ten seconds, be it a comment. */
    private static final long SILENCE_MILLIS = 30_000;

    private final Transport transport;
    private final Call call;
    private final EventParser parser;
    private final EventListener listener;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean connected;

    /**
     * @param lastId where to go on, empty for from now on
     * @param listener told of events, and of how the stream fares
     */
    public Events(Transport transport, Call call, String lastId, EventListener listener) {
        this.transport = transport;
        this.call = call.header("Accept", "text/event-stream").once();
        this.listener = listener;
        parser = new EventParser(lastId, listener::event);
        thread = Thread.ofVirtual().name("holdfast-events").start(this::run);
    }

    private void run() {
        int failures = 0;
        while (!closed && !transport.isClosed()) {
            HoldfastException why = null;
            try {
                Call now = parser.lastId().isEmpty() ? call : call.header("Last-Event-ID", parser.lastId());
                transport.send(now, answer -> {
                    connected = true;
                    listener.opened();
                    parser.read(answer.stream());
                    return true;
                }, SILENCE_MILLIS);
                failures = connected ? 1 : failures + 1;
            } catch (RemoteException e) {
                if (e.status() < 500 && e.status() != 429) {
                    end(e);
                    return;
                }
                why = e;
                failures++;
            } catch (HoldfastException e) {
                why = e;
                failures = connected ? 1 : failures + 1;
            }
            connected = false;
            if (closed || Thread.currentThread().isInterrupted() || !waited(why, failures)) {
                return;
            }
        }
    }

    private boolean waited(@Nullable HoldfastException why, int failures) {
        Duration pause = transport.pauseAfter(failures);
        listener.lost(why, pause);
        try {
            transport.await(pause);
            return true;
        } catch (HoldfastException e) {
            // Closed meanwhile.
            return false;
        }
    }

    private void end(HoldfastException e) {
        connected = false;
        if (!closed) {
            listener.ended(e);
        }
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
