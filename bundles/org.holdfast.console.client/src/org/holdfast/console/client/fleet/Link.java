package org.holdfast.console.client.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.EventSubscription;
import org.holdfast.client.RemoteException;
import org.holdfast.client.ServerEvent;
import org.holdfast.client.VaultClient;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.TokenStore.Token;
import org.holdfast.protocol.people.Me;

/**
 * The connection of one session: signs in with what was kept, opens the stream of events, comes back by itself with
 * growing pauses, and says how it stands. What comes over it is the session's business. Thread-safe; no method waits.
 */
final class Link {
    /** Whoever the connection is for; called on background threads, never with a lock. */
    interface User {
        /** The state changed. */
        void changed();

        /** It is open for the first time, or after a loss in which events may have been missed. */
        void load(VaultClient client);

        /** Something happened at the vault. */
        void event(VaultClient client, ServerEvent event);
    }

    private static final long FIRST_PAUSE = 1_000;
    private static final long LONGEST_PAUSE = 60_000;
    /** A stream that comes to its end in order is back within this time. */
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** A session of Entra ID is renewed so long before it ends. */
    private static final Duration EARLY = Duration.ofMinutes(4);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final ExecutorService background;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final TokenStore tokens;
    private final PinDesk pins;
    private final EntraSignIns entra;
    private final User user;

    private SavedConnection saved;
    private LinkState state;
    private @Nullable Token token;
    private @Nullable VaultClient client;
    private @Nullable EventSubscription events;
    private @Nullable Me me;
    /** Counts attempts to connect; what an earlier one brings is ignored. */
    private int attempt;
    private int failures;
    /** Why the stream of events broke last, null while it is open or when it ended in order. */
    private @Nullable Failure loss;
    private boolean wasConnected;
    private boolean wanted;
    /** The token that could not be renewed, or was the answer to a refusal: not to be tried twice. */
    private @Nullable Token renewed;

    Link(SavedConnection saved, TokenStore tokens, EntraSignIns entra, PinDesk pins, Clock clock,
            ExecutorService background, ScheduledExecutorService timer, User user) {
        this.pins = pins;
        this.saved = saved;
        this.tokens = tokens;
        this.entra = entra;
        this.clock = clock;
        this.background = background;
        this.timer = timer;
        this.user = user;
        state = new LinkState(LinkState.Kind.SIGNED_OUT, clock.instant(), null, null);
    }

    /** What is remembered about it. */
    synchronized SavedConnection connection() {
        return saved;
    }

    /** How it stands. */
    synchronized LinkState state() {
        return state;
    }

    /** Who is signed in, null before the first answer and after signing out. */
    synchronized @Nullable Me me() {
        return me;
    }

    /** The client while it is connected, else null. */
    synchronized @Nullable VaultClient client() {
        return state.isConnected() ? client : null;
    }

    /** Tries at once to come back, instead of after the pause. */
    void retry() {
        synchronized (this) {
            if (token == null || state.kind() == LinkState.Kind.CLOSED) {
                return;
            }
            failures = 0;
        }
        connect();
    }

    /** Begins with the sign-in that was kept, if there is one. */
    void start() {
        submit(() -> tokens.read(connection().id())
                .filter(t -> t.entra() != null || t.expires().isAfter(clock.instant())).ifPresent(this::use));
    }

    void rename(SavedConnection other) {
        synchronized (this) {
            saved = other;
        }
    }

    /** Connects with a sign-in. */
    void use(Token fresh) {
        synchronized (this) {
            if (state.kind() == LinkState.Kind.CLOSED) {
                return;
            }
            token = fresh;
            renewed = null;
            failures = 0;
        }
        keepRenewed(fresh);
        connect();
    }

    /** Renews a session of Entra ID before it ends, without a question and without a break. */
    private void keepRenewed(Token of) {
        if (of.entra() != null) {
            Duration left = Duration.between(clock.instant(), of.expires()).minus(EARLY);
            schedule(left.isNegative() ? AGAIN : left, () -> submit(() -> {
                if (isCurrent(of) && renew(of) != null && isCurrent(of)) {
                    keepRenewed(of); // the authority is away; once more until the session is over
                }
            }));
        }
    }

    private synchronized boolean isCurrent(Token of) {
        return token == of && state.kind() != LinkState.Kind.CLOSED && of.expires().isAfter(clock.instant());
    }

    /** Null when the token was renewed, else why not. */
    private @Nullable RuntimeException renew(Token of) {
        SavedConnection at = connection();
        EntraGrant grant = of.entra();
        try {
            if (grant == null) {
                throw new IllegalStateException("not of Entra ID");
            }
            Token fresh = entra.renew(at, grant);
            synchronized (this) {
                if (token != of) {
                    return null; // signed out, or in anew, meanwhile
                }
                token = fresh;
            }
            if (tokens.read(at.id()).isPresent()) {
                tokens.write(at.id(), fresh);
            }
            keepRenewed(fresh);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** The token of the moment. */
    private synchronized String bearer() {
        Token now = token;
        return now == null ? "" : now.value();
    }

    /** Ends the sign-in, here and at the vault. */
    CompletableFuture<@Nullable Void> signOut() {
        VaultClient old;
        synchronized (this) {
            old = client;
            client = null;
        }
        String id = connection().id();
        leave(new LinkState(LinkState.Kind.SIGNED_OUT, clock.instant(), null, null), true);
        try {
            return CompletableFuture.runAsync(() -> {
                tokens.remove(id);
                if (old != null) {
                    try (old) {
                        old.send(Call.post(Caller.path("logout"), new Body.Nothing()), Void.class);
                    } catch (HoldfastException e) {
                        // It ends by itself within hours.
                    }
                }
            }, background);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e); // the console is going down
        }
    }

    /** Ends everything; the sign-in stays where it is kept. */
    void close() {
        leave(new LinkState(LinkState.Kind.CLOSED, clock.instant(), null, null), true);
    }

    private void connect() {
        int mine;
        synchronized (this) {
            mine = ++attempt;
            hangUp();
            if (!wasConnected && state.kind() != LinkState.Kind.UNREACHABLE) {
                state = new LinkState(LinkState.Kind.CONNECTING, clock.instant(), null, null);
            } else {
                state = new LinkState(wasConnected ? LinkState.Kind.STALE : LinkState.Kind.UNREACHABLE, state.since(),
                        state.failure(), null);
            }
        }
        user.changed();
        submit(() -> connect(mine));
    }

    private void connect(int mine) {
        Token with;
        SavedConnection to;
        synchronized (this) {
            with = token;
            to = saved;
            if (mine != attempt || with == null) {
                return;
            }
        }
        VaultClient fresh = null;
        try {
            fresh = Clients.signedIn(to, this::bearer, pins.of(to));
            Me who = fresh.get(Caller.path("me"), Me.class);
            if (!connected(mine, fresh, who)) {
                fresh.close();
            }
        } catch (RuntimeException e) {
            if (fresh != null) {
                fresh.close();
            }
            failed(mine, e);
        }
    }

    private boolean connected(int mine, VaultClient fresh, Me who) {
        synchronized (this) {
            if (mine != attempt) {
                return false;
            }
            client = fresh;
            me = who;
            renewed = null;
            failures = 0;
            wanted = true;
            events = fresh.subscribe(Call.get(Caller.path("events")), "", new LinkEvents(this, mine, fresh, user));
        }
        return true;
    }

    /** Events are asked for before the lists, so that nothing falls in between. */
    void opened(int mine, VaultClient with) {
        boolean load;
        synchronized (this) {
            if (mine != attempt) {
                return;
            }
            loss = null;
            load = wanted;
            wanted = false;
            wasConnected = true;
            if (!state.isConnected()) {
                state = new LinkState(LinkState.Kind.CONNECTED, clock.instant(), null, null);
            }
        }
        user.changed();
        if (load) {
            user.load(with);
        }
    }

    void lost(int mine, @Nullable HoldfastException why, Duration pause) {
        synchronized (this) {
            if (mine != attempt) {
                return;
            }
            loss = why == null ? loss : Failure.of(why);
            if (state.kind() == LinkState.Kind.STALE) {
                state = new LinkState(LinkState.Kind.STALE, state.since(), loss, clock.instant().plus(pause));
            }
        }
        user.changed();
        Instant since = clock.instant();
        schedule(GRACE, () -> {
            synchronized (this) {
                if (mine != attempt || !state.isConnected() || streaming()) {
                    return;
                }
                state = new LinkState(LinkState.Kind.STALE, since, loss, null);
            }
            user.changed();
        });
    }

    private boolean streaming() {
        EventSubscription now = events;
        return now != null && now.connected();
    }

    void tokenEnded(RemoteException e) {
        int mine;
        synchronized (this) {
            mine = attempt;
        }
        failed(mine, e);
    }

    void failed(int mine, RuntimeException e) {
        Failure failure = Failure.of(e);
        boolean over = e instanceof RemoteException r && r.status() == 401;
        boolean refused = e instanceof RemoteException r && r.status() < 500 && r.status() != 429
                || failure.problem() == Problem.ACCESS_DENIED || failure.problem() == Problem.INVALID_REQUEST
                || failure.problem() == Problem.INTERNAL;
        synchronized (this) {
            if (mine != attempt || state.kind() == LinkState.Kind.CLOSED) {
                return;
            }
        }
        if (over && renews(mine, e)) {
            return;
        }
        if (over || refused) {
            leave(new LinkState(over ? LinkState.Kind.SIGNED_OUT : LinkState.Kind.REFUSED, clock.instant(), failure,
                    null), over);
            if (over) {
                String id = connection().id();
                submit(() -> tokens.remove(id));
            }
        } else {
            later(mine, failure);
        }
    }

    /** Whether a session that has ended is renewed first, once. */
    private boolean renews(int mine, RuntimeException end) {
        Token of;
        synchronized (this) {
            of = token;
            if (of == null || of.entra() == null || of == renewed) {
                return false;
            }
            renewed = of;
        }
        submit(() -> {
            RuntimeException why = renew(of);
            if (why != null) {
                boolean over = Failure.of(why).problem() == Problem.ACCESS_DENIED;
                synchronized (this) {
                    renewed = over ? of : null; // while the authority is away it is tried again, as the vault is
                }
                failed(mine, over ? end : why);
                return;
            }
            synchronized (this) {
                renewed = token; // when that is refused as well, it is over
            }
            connect();
        });
        return true;
    }

    private void later(int mine, Failure failure) {
        long pause;
        synchronized (this) {
            if (mine != attempt) {
                return;
            }
            hangUp();
            pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 10));
            failures++;
            Instant since = state.kind() == LinkState.Kind.CONNECTING ? clock.instant() : state.since();
            state = new LinkState(wasConnected ? LinkState.Kind.STALE : LinkState.Kind.UNREACHABLE, since, failure,
                    clock.instant().plusMillis(pause));
        }
        user.changed();
        schedule(Duration.ofMillis(pause), () -> {
            boolean still;
            synchronized (this) {
                still = mine == attempt;
            }
            if (still) {
                connect();
            }
        });
    }

    private void leave(LinkState next, boolean forgetToken) {
        synchronized (this) {
            attempt++;
            hangUp();
            state = next;
            me = forgetToken ? null : me;
            token = forgetToken ? null : token;
        }
        user.changed();
    }

    /** Called with the lock. Closing a client ends its calls, so it is done by another thread. */
    private void hangUp() {
        EventSubscription oldEvents = events;
        VaultClient oldClient = client;
        events = null;
        client = null;
        if (oldEvents != null) {
            oldEvents.close();
        }
        if (oldClient != null) {
            submit(oldClient::close);
        }
    }

    /**
     * A client of its own with the sign-in of the moment, for somebody who reads for long. The caller closes it.
     *
     * @throws HoldfastException with {@link Problem#ACCESS_DENIED} when nobody is signed in
     */
    synchronized VaultClient newClient() {
        Token with = token;
        if (with == null) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Nobody is signed in to " + saved.name() + ".",
                    "Sign in.");
        }
        return Clients.signedIn(saved, this::bearer, pins.of(saved));
    }

    VaultClient usable() {
        synchronized (this) {
            VaultClient now = client;
            if (now != null) {
                return now;
            }
            Failure failure = state.failure();
            throw new HoldfastException(
                    token == null ? Problem.ACCESS_DENIED : Problem.STORE_UNAVAILABLE,
                    failure != null ? failure.message()
                            : token == null ? "Nobody is signed in to " + saved.name() + "."
                                    : "There is no connection to " + saved.name() + ".",
                    token == null ? "Sign in." : "It is tried again by itself.");
        }
    }

    private void submit(Runnable work) {
        try {
            background.execute(work);
        } catch (RejectedExecutionException e) {
            // The console is going down.
        }
    }

    private void schedule(Duration delay, Runnable work) {
        try {
            timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The console is going down.
        }
    }
}
