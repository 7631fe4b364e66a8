package org.holdfast.vault.events;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The events of this node in their order. The last ones are kept, bounded by number and by bytes, so that a watcher who
 * was away for a moment misses nothing; one who was away longer is told so. Publishing never waits for watchers. Events
 * are told after the transaction they stem from has been committed, and never inside of one. Thread-safe.
 */
@Component(service = EventBus.class)
public final class EventBus implements AutoCloseable {
    /** Events that are kept. */
    public static final int KEPT = 10_000;
    /** Bytes of bodies that are kept. */
    public static final long KEPT_BYTES = 16L << 20;

    private final String run = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private final ArrayDeque<VaultEvent> ring = new ArrayDeque<>();
    private volatile @Nullable BiConsumer<String, Object> relay;
    private long bytes;
    private long last;
    private boolean closed;

    /** A bus on which nothing has happened yet. */
    @Activate
    public EventBus() {
        // nothing to prepare
    }

    /** From now on other nodes are told of what is published here. */
    public void relay(BiConsumer<String, Object> others) {
        relay = others;
    }

    /**
     * Tells of something that happened, at this node and others.
     *
     * @param type one of the constants of {@link VaultEvent}
     * @param vault name of the vault, null when it concerns none
     * @param body a record of the protocol
     */
    public void publish(String type, @Nullable String vault, Object body) {
        publishHere(type, vault, body);
        spread(type, body);
    }

    /** Has other nodes tell of something that was published here. */
    public void spread(String type, Object body) {
        BiConsumer<String, Object> others = relay;
        if (others != null) {
            others.accept(type, body);
        }
    }

    /** Nobody knows what has happened: all watchers have to read everything again. */
    public void reset() {
        lock.lock();
        try {
            ring.clear();
            bytes = 0;
            last++;
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells those of something that watch at this node.
     *
     * @param type one of the constants of {@link VaultEvent}
     * @param vault name of the vault, null when it concerns none
     * @param body a record of the protocol; turned into JSON right here
     */
    public void publishHere(String type, @Nullable String vault, Object body) {
        byte[] json = Json.bytes(body);
        lock.lock();
        try {
            ring.addLast(new VaultEvent(++last, type, vault, json));
            bytes += json.length;
            while (ring.size() > KEPT || bytes > KEPT_BYTES && ring.size() > 1) {
                bytes -= ring.removeFirst().body().length;
            }
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Names this run of the node: cursors of another run mean nothing. */
    public String run() {
        return run;
    }

    /** The cursor of the newest event, 0 when there was none. */
    public long newest() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What came after a cursor; waits while there is nothing.
     *
     * @param after cursor of the last event the watcher has seen
     * @param most the most events to hand out
     * @param patience how long to wait for the first one
     */
    public Batch after(long after, int most, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (after == last && !closed && left > 0) {
                left = published.awaitNanos(left);
            }
            VaultEvent first = ring.peekFirst();
            if (after > last || after < last && (first == null || after + 1 < first.cursor())) {
                return new Batch(List.of(), last, true, closed);
            }
            List<VaultEvent> events = new ArrayList<>();
            if (first != null && after < last) {
                ring.stream().skip(after + 1 - first.cursor()).limit(most).forEach(events::add);
            }
            long cursor = events.isEmpty() ? after : events.getLast().cursor();
            return new Batch(List.copyOf(events), cursor, false, closed);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting; nothing is kept from being published, but watchers are sent away. */
    @Deactivate
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What came after a cursor.
     *
     * @param events in their order
     * @param cursor what to ask with next time
     * @param lost whether events in between are no longer known, or the cursor is of another run of the node
     * @param closed whether the node is going down
     */
    public record Batch(List<VaultEvent> events, long cursor, boolean lost, boolean closed) {
    }
}
