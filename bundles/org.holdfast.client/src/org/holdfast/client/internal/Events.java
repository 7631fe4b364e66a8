package org.holdfast.client.internal;

import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.client.Call;
import org.holdfast.client.EventSubscription;
import org.holdfast.client.RemoteException;
import org.holdfast.client.ServerEvent;

/** Keeps a stream of events open until it is closed. */
public final class Events implements EventSubscription {
    /** The vault sends something at least so often, be it a comment. */
    private static final long SILENCE_MILLIS = 60_000;

    private final Transport transport;
    private final Call call;
    private final EventParser parser;
    private final Consumer<HoldfastException> onEnd;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean connected;

    /**
     * @param lastId where to go on, empty for from now on
     * @param onEnd told when the vault refuses for good
     */
    public Events(Transport transport, Call call, String lastId, Consumer<ServerEvent> sink,
            Consumer<HoldfastException> onEnd) {
        this.transport = transport;
        this.call = call.header("Accept", "text/event-stream").once();
        this.onEnd = onEnd;
        parser = new EventParser(lastId, sink);
        thread = Thread.ofVirtual().name("holdfast-events").start(this::run);
    }

    private void run() {
        int failures = 0;
        while (!closed && !transport.isClosed()) {
            try {
                Call now = parser.lastId().isEmpty() ? call : call.header("Last-Event-ID", parser.lastId());
                transport.send(now, answer -> {
                    connected = true;
                    parser.read(answer.stream());
                    return true;
                }, SILENCE_MILLIS);
                failures = connected ? 1 : failures + 1;
            } catch (RemoteException e) {
                if (e.status() < 500 && e.status() != 429) {
                    end(e);
                    return;
                }
                failures++;
            } catch (HoldfastException e) {
                failures = connected ? 1 : failures + 1;
            }
            connected = false;
            if (closed || Thread.currentThread().isInterrupted() || !waited(failures)) {
                return;
            }
        }
    }

    private boolean waited(int failures) {
        try {
            transport.pause(failures, null);
            return true;
        } catch (HoldfastException e) {
            // Closed meanwhile.
            return false;
        }
    }

    private void end(@Nullable HoldfastException e) {
        if (e != null && !closed) {
            onEnd.accept(e);
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
