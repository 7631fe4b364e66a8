package org.holdfast.vault.http.internal.system;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.VaultEvent;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): what happens, while it happens.
 * A watcher who comes back with {@code Last-Event-ID} gets what was missed, or the event {@code reset} when that is no
 * longer known: then everything has to be read again. A stream ends by itself after some minutes, so that it does not
 * outlive the permission it was opened with; watchers come back. One who does not read is cut off by the time-out for
 * writing.
 */
@Component(service = Endpoints.class)
public final class EventEndpoints implements Endpoints {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int BATCH = 200;

    private final EventBus bus;
    private final Duration heartbeat;

    /** The usual heartbeats. */
    @Activate
    public EventEndpoints(@Reference EventBus bus) {
        this(bus, HEARTBEAT);
    }

    /** Heartbeats after another time of silence. */
    public EventEndpoints(EventBus bus, Duration heartbeat) {
        this.bus = bus;
        this.heartbeat = heartbeat;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("watch-events", "/api/v1/events").person(Permissions.EVENT_READ)
                .summary("Sends events of servers, jobs, alerts, policies and points as they happen.")
                .parameter("vault", "Only events of the vault with this name.")
                .givesBytes("text/event-stream").handle(this::watch));
    }

    private Reply watch(Call call) {
        String vault = call.query("vault").orElse(null);
        Optional<String> last = call.header("Last-Event-ID");
        long newest = bus.newest();
        long cursor = last.map(this::cursor).orElse(newest);
        return Reply.stream("text/event-stream", -1, out -> send(out, cursor, vault));
    }

    private long cursor(String id) {
        String prefix = bus.run() + "-";
        if (id.startsWith(prefix)) {
            try {
                return Math.max(0, Long.parseLong(id.substring(prefix.length())));
            } catch (NumberFormatException e) {
                return Long.MAX_VALUE;
            }
        }
        return Long.MAX_VALUE;
    }

    private void send(OutputStream out, long from, @Nullable String vault) throws IOException {
        long end = System.nanoTime() + LIFE.toNanos();
        long cursor = from;
        out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        while (System.nanoTime() < end) {
            EventBus.Batch batch = next(cursor);
            StringBuilder text = new StringBuilder();
            cursor = batch.cursor();
            if (batch.lost()) {
                text.append("event: reset\ndata: {}\n");
            }
            for (VaultEvent event : batch.events()) {
                if (vault == null || event.vault() == null || vault.equals(event.vault())) {
                    text.append("id: ").append(bus.run()).append('-').append(event.cursor()).append("\nevent: ")
                            .append(event.type()).append("\ndata: ")
                            .append(new String(event.body(), StandardCharsets.UTF_8)).append("\n\n");
                }
            }
            if (text.isEmpty()) {
                text.append(": alive\n");
            }
            // an id without data is no event, it only moves the place to come back to
            text.append("id: ").append(bus.run()).append('-').append(cursor).append("\n\n");
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (batch.closed()) {
                return;
            }
        }
    }

    private EventBus.Batch next(long cursor) throws IOException {
        try {
            return bus.after(cursor, BATCH, heartbeat);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
