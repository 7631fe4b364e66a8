package org.holdfast.console.client.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.ServerEvent;
import org.holdfast.client.VaultClient;
import org.holdfast.console.client.Observers;
import org.holdfast.console.client.fleet.TokenStore.Token;
import org.holdfast.protocol.people.Me;

/**
 * One vault server: its state, its lists, and calls to it. It connects in the background, comes back by itself with
 * growing pauses, and never gives up but for what a person has to decide. Thread-safe; no method waits. Observers are
 * called on background threads.
 */
public final class FleetSession {
    private static final Duration FRESHEN = Duration.ofSeconds(60);
    /** Counts and sizes of vaults follow their servers by so much. */
    private static final Duration COUNT = Duration.ofSeconds(4);

    private final LiveFleet live;
    private final FleetLoader loader;
    private final Link link;
    private final Clock clock;
    private final FleetApi api;
    private final Observers<FleetSession> states = new Observers<>();
    private final Future<?> freshening;
    private final Coalescer counting;

    FleetSession(SavedConnection saved, TokenStore tokens, EntraSignIns entra, PinDesk pins, Clock clock,
            ExecutorService background, ScheduledExecutorService timer) {
        this.clock = clock;
        live = new LiveFleet(timer);
        loader = new FleetLoader(live, background, clock);
        link = new Link(saved, tokens, entra, pins, clock, background, timer, new User());
        api = new FleetApi(new Caller(link::usable, background, link::tokenEnded), this::freshen);
        freshening = timer.scheduleWithFixedDelay(this::freshen, FRESHEN.toMillis(), FRESHEN.toMillis(),
                TimeUnit.MILLISECONDS);
        counting = new Coalescer(timer, COUNT.toMillis(), this::freshen);
    }

    /** What is remembered about it. */
    public SavedConnection connection() {
        return link.connection();
    }

    /** The time by which this console goes. */
    public Instant now() {
        return clock.instant();
    }

    /** How it stands. */
    public LinkState state() {
        return link.state();
    }

    /** Told after the state changed. */
    public Observers<FleetSession> states() {
        return states;
    }

    /** Its lists. */
    public LiveFleet live() {
        return live;
    }

    /** Calls to it. */
    public FleetApi api() {
        return api;
    }

    /** Who is signed in, null before the first answer and after signing out. */
    public @Nullable Me me() {
        return link.me();
    }

    /** Whether who is signed in may do something, such as {@code job.run}; false while that is not known. */
    public boolean may(String permission) {
        Me who = link.me();
        return who != null && who.permissions().contains(permission);
    }

    /** Reads all lists anew; what is shown stays until the new rows come. */
    public void refresh() {
        VaultClient now = link.client();
        if (now != null) {
            loader.loadAll(now);
        } else {
            retry();
        }
    }

    /** Tries at once to come back, instead of after the pause. */
    public void retry() {
        link.retry();
    }

    /**
     * A client of its own with the sign-in of the moment, for somebody who reads for long. The caller closes it.
     *
     * @throws HoldfastException with {@link Problem#ACCESS_DENIED} when nobody is signed in
     */
    public VaultClient newClient() {
        return link.newClient();
    }

    private void freshen() {
        VaultClient now = link.client();
        if (now != null) {
            loader.freshen(now);
        }
    }

    /** Begins with the sign-in that was kept, if there is one. */
    void start() {
        link.start();
    }

    void rename(SavedConnection other) {
        link.rename(other);
        states.fire(this);
    }

    /** Connects with a sign-in. */
    void use(Token fresh) {
        link.use(fresh);
    }

    /** Ends the sign-in, here and at the vault. */
    CompletableFuture<@Nullable Void> signOut() {
        CompletableFuture<@Nullable Void> ended = link.signOut();
        live.all().forEach(LiveList::clear);
        return ended;
    }

    /** Ends everything; the sign-in stays where it is kept. */
    void close() {
        freshening.cancel(false);
        link.close();
    }

    /** What comes over the link. */
    private final class User implements Link.User {
        @Override
        public void changed() {
            states.fire(FleetSession.this);
            live.all().forEach(LiveList::tell);
        }

        @Override
        public void load(VaultClient client) {
            loader.loadAll(client);
        }

        @Override
        public void event(VaultClient client, ServerEvent event) {
            if (loader.apply(client, event)) {
                loader.loadAll(client);
            } else if (event.type().equals("server")) {
                counting.soon();
            }
        }
    }
}
