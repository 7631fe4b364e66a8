package org.holdfast.simulation;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.data.AbandonedData;
import org.holdfast.vault.data.CommitService;
import org.holdfast.vault.data.Deletions;
import org.holdfast.vault.data.Forecasts;
import org.holdfast.vault.data.Keeper;
import org.holdfast.vault.data.MaintenancePlans;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.data.Scrubber;
import org.holdfast.vault.data.ServerStores;
import org.holdfast.vault.data.SessionService;
import org.holdfast.vault.data.VaultClock;

/** One life of a vault node: the services of a vault, put together as the component runtime does. */
final class Node {
    private static final ScopedValue<Node> IN = ScopedValue.newInstance();

    private final World world;
    private final String name;
    private final ServerStores.ServerStore held;
    private final SessionService sessions;
    private final CommitService commits;
    private final ObjectService objects;
    private final Keeper keeper;
    private final VaultClock vaultClock;
    private final Deletions deletions;
    private final Scrubber scrubber;
    private final Clock clock;
    private final CancelToken cancel = new CancelToken();
    private boolean dead;
    private boolean opening = true;

    Node(World world, String name, long skewMillis) throws IOException {
        this.world = world;
        this.name = name;
        Mutant mutant = world.mutant();
        Catalog catalog = world.catalog();
        clock = new SimClock(world, skewMillis);
        BlobStore store = mutant.nodeStore(new SimStore(world, this), world, this);
        ServerStores stores = ServerStores.at(new Given(store), "simulated", mutant.engineClock(clock));
        held = stores.open(world.vault(), world.server());
        sessions = new SessionService(catalog, clock);
        commits = new CommitService(catalog, stores, List.of(), clock);
        objects = new ObjectService(catalog, stores, List.of(), ObjectService.Policy.STANDARD);
        keeper = new Keeper(catalog, stores, List.of(), clock);
        vaultClock = new VaultClock(catalog, List.of(), clock, () -> world.now() * 1_000_000);
        deletions = new Deletions(catalog, vaultClock, new Forecasts(catalog, vaultClock),
                new AbandonedData(catalog, stores), List.of());
        scrubber = new Scrubber(catalog, stores, new MaintenancePlans(catalog), List.of(), clock);
    }

    /** Opens what is opened once and shared, before anybody can come in between. */
    void open() throws IOException {
        held.keeper();
        opening = false;
    }

    boolean isOpening() {
        return opening;
    }

    private record Given(BlobStore store) implements StoreProvider {
        @Override
        public String scheme() {
            return "simulated";
        }

        @Override
        public boolean accepts(String location) {
            return true;
        }

        @Override
        public BlobStore open(String location) {
            return store;
        }

        @Override
        public BlobStore create(String location) {
            return store;
        }
    }

    /** A clock that is wrong by as much all the time. */
    private static final class SimClock extends Clock {
        private final World world;
        private final long skew;

        SimClock(World world, long skew) {
            this.world = world;
            this.skew = skew;
        }

        @Override
        public Instant instant() {
            return World.START.plusMillis(world.now() + skew);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Work of a node. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does something in this node: when it dies, that ends as well. */
    <T> T in(Work<T> work) throws IOException {
        if (dead) {
            throw new IOException(name + " does not answer");
        }
        try {
            return ScopedValue.where(IN, this).call(work::run);
        } catch (Crashed e) {
            if (dead && !world.isOver()) {
                throw new IOException(name + " broke the connection", e);
            }
            throw e;
        }
    }

    /** The node the current actor works in, or null. */
    static Node current() {
        return IN.isBound() ? IN.get() : null;
    }

    /** The current actor is about to do something that others may see. */
    void step() {
        requireAlive();
        world.step();
        requireAlive();
    }

    private void requireAlive() {
        if (dead) {
            throw new Crashed(name);
        }
    }

    /** The node dies, and whatever is done in it; it comes back after a while. */
    Crashed crash(String when) {
        world.tell("crash", name, when);
        dead = true;
        world.restart(this);
        return new Crashed(name);
    }

    /** Whether the current actor holds none of the locks that others could wait for. */
    boolean mayHandOver() {
        return !Thread.holdsLock(vaultClock) && !Thread.holdsLock(held);
    }

    /** What is done each day. */
    void maintain(RetentionRule rule, boolean scrub) throws IOException {
        in(() -> {
            sessions.tidy();
            if (!vaultClock.look().isFrozen()) {
                keeper.retain(world.server(), rule, ZoneOffset.UTC, world.mutant().retentionTime(clock.instant()),
                        false, Long.MAX_VALUE, cancel);
                if (scrub) {
                    scrubber.round(cancel);
                }
            }
            return null;
        });
    }

    /** Somebody says that its clock is right. */
    void accept() throws IOException {
        in(vaultClock::accept);
    }

    /** What is done when it starts. */
    void reconcile() throws IOException {
        in(() -> commits.reconcile(world.vault(), world.server()));
    }

    World world() {
        return world;
    }

    String name() {
        return name;
    }

    Mutant mutant() {
        return world.mutant();
    }

    SessionService sessions() {
        return sessions;
    }

    CommitService commits() {
        return commits;
    }

    ObjectService objects() {
        return objects;
    }

    Deletions deletions() {
        return deletions;
    }

    Clock clock() {
        return clock;
    }
}
