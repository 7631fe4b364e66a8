package org.holdfast.vault.nodes;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.nodes.SessionLocks;
import org.holdfast.vault.catalog.nodes.TurnTable;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is: work that one node does at a time has a name, and whoever takes the turn of that name has it until
 * it gives it back or dies. With PostgreSQL it is a lock of one connection of this node, looked at every two seconds; a
 * node that does not see it for ten seconds no longer counts on it. What destroys something also compares the number of
 * its turn in the transaction ({@link Turn#require}). Thread-safe.
 */
@Component(service = Turns.class)
public final class Turns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final long LOOK_SECONDS = 2;
    private static final long BORNE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final @Nullable Catalog catalog;
    private final UUID node;
    private final boolean shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Held> held = new HashMap<>();
    private final @Nullable ScheduledExecutorService timer;
    private @Nullable SessionLocks locks;
    private volatile long verified = System.nanoTime();
    private boolean closed;

    /** Turns among the nodes of a catalogue. */
    @Activate
    public Turns(@Reference Catalog catalog, @Reference ThisNode node) {
        this(catalog, node.id(), node.isShared());
    }

    private Turns(@Nullable Catalog catalog, UUID node, boolean shared) {
        this.catalog = catalog;
        this.node = node;
        this.shared = shared;
        if (!shared) {
            timer = null;
            return;
        }
        var threads = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("turns").factory());
        threads.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        timer = threads;
        threads.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Turns within this process alone. */
    public static Turns alone() {
        return new Turns(null, new UUID(0, 0), false);
    }

    /** Takes the turn of a name when nobody has it. */
    public Optional<Turn> tryTake(String name) {
        lock.lock();
        try {
            if (closed || held.containsKey(name) || shared && !locked(name)) {
                return Optional.empty();
            }
            Catalog in = catalog;
            long fence = 0;
            try {
                fence = in == null ? 0 : in.write(handle -> TurnTable.take(handle, name, node));
            } catch (RuntimeException e) {
                unlock(name);
                throw e;
            }
            var turn = new Held(name, fence);
            held.put(name, turn);
            return Optional.of(turn);
        } finally {
            lock.unlock();
        }
    }

    /** Names of the turns that this node has now, sorted. */
    public List<String> held() {
        lock.lock();
        try {
            return held.keySet().stream().sorted().toList();
        } finally {
            lock.unlock();
        }
    }

    private boolean locked(String name) {
        try {
            return open().tryLock(name);
        } catch (SQLException e) {
            lost(e);
            return false;
        }
    }

    private SessionLocks open() throws SQLException {
        SessionLocks known = locks;
        Catalog in = catalog;
        if (known == null) {
            if (in == null) {
                throw new IllegalStateException("no catalogue");
            }
            known = new SessionLocks(in);
            locks = known;
            verified = System.nanoTime();
        }
        return known;
    }

    private void look() {
        lock.lock();
        try {
            SessionLocks known = locks;
            if (known != null) {
                known.verify();
                verified = System.nanoTime();
            }
        } catch (SQLException e) {
            lost(e);
        } finally {
            lock.unlock();
        }
    }

    /** All locks have gone with their connection. */
    private void lost(SQLException why) {
        LOG.warn("the connection of this node's turns is lost; {} have ended: {}", held.keySet(), why.getMessage());
        held.values().forEach(turn -> turn.lost = true);
        held.clear();
        SessionLocks known = locks;
        locks = null;
        if (known != null) {
            known.close();
        }
    }

    private void unlock(String name) {
        SessionLocks known = locks;
        if (known != null) {
            try {
                known.unlock(name);
            } catch (SQLException e) {
                lost(e);
            }
        }
    }

    private void giveBack(Held turn) {
        lock.lock();
        try {
            if (held.remove(turn.name, turn)) {
                unlock(turn.name);
            }
            turn.lost = true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives all turns back. */
    @Deactivate
    @Override
    public void close() {
        ScheduledExecutorService looking = timer;
        if (looking != null) {
            looking.shutdown();
        }
        lock.lock();
        try {
            closed = true;
            held.values().forEach(turn -> turn.lost = true);
            held.clear();
            SessionLocks known = locks;
            locks = null;
            if (known != null) {
                known.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Held implements Turn {
        private final String name;
        private final long fence;
        private volatile boolean lost;

        Held(String name, long fence) {
            this.name = name;
            this.fence = fence;
        }

        @Override
        public boolean holds() {
            return !lost && (!shared || System.nanoTime() - verified < BORNE_NANOS);
        }

        @Override
        public long fence() {
            return fence;
        }

        @Override
        public void require(Handle handle) {
            if (!holds() || shared && !TurnTable.holds(handle, name, fence)) {
                throw new Refusal(Refusal.Kind.UNAVAILABLE, "turn-lost",
                        "Another node of the vault has taken over: " + name + ".", "It goes on there by itself.");
            }
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }
}
