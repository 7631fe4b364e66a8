package org.holdfast.console.client.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.service.datalocation.Location;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.signin.EntraTokens;
import org.holdfast.api.spi.signin.EntraTokens.DeviceCode;
import org.holdfast.client.Call;
import org.holdfast.client.PinSource;
import org.holdfast.client.ServerCertificate;
import org.holdfast.client.SignIns;
import org.holdfast.client.VaultClient;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Observers;
import org.holdfast.console.client.fleet.TokenStore.Token;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.EntraOffer;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.LoginRequest;
import org.holdfast.protocol.people.SignInMethods;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The vault servers this console knows, and how to get to know another one: {@link #look}, compare the fingerprint,
 * {@link #login} (and {@link #changePassword} when the answer asks for it), {@link #add}. Thread-safe; nothing waits.
 * Observers are called on background threads.
 */
@Component(service = { VaultConnections.class, SignIns.class })
public final class VaultConnections implements SignIns {
    private final ConnectionFile file;
    private final Path cache;
    private final TokenStore tokens;
    private final PinDesk pins = new PinDesk();
    private final EntraSignIns entra = new EntraSignIns();
    private final Clock clock;
    private final ExecutorService background;
    private final ScheduledExecutorService timer;
    private final List<FleetSession> sessions = new CopyOnWriteArrayList<>();
    private final Observers<VaultConnections> changes = new Observers<>();
    private volatile @Nullable Failure unsaved;

    /** Keeps connections in the console's instance area. */
    @Activate
    public VaultConnections(@Reference(target = "(type=osgi.instance.area)") Location instance) {
        this(folder(instance), Clock.systemUTC());
    }

    /** @param folder where connections and sign-ins are kept, null to forget all at the end */
    public VaultConnections(@Nullable Path folder, Clock clock) {
        this(folder == null ? null : folder.resolve("connections.json"),
                folder == null ? new MemoryTokens() : new FileTokens(folder.resolve("sign-ins")),
                folder == null ? temporary() : folder.resolve("cache"), clock);
    }

    /**
     * @param connections file of connections, null to forget them at the end
     * @param tokens keeps the sign-ins that a person wants to be kept
     */
    public VaultConnections(@Nullable Path connections, TokenStore tokens, Clock clock) {
        this(connections, tokens, temporary(), clock);
    }

    private VaultConnections(@Nullable Path connections, TokenStore tokens, Path cache, Clock clock) {
        this.cache = cache;
        this.file = new ConnectionFile(connections);
        this.tokens = tokens;
        this.clock = clock;
        background = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("holdfast-fleet-", 0).factory());
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("holdfast-fleet-timer").factory());
        for (SavedConnection each : file.read()) {
            sessions.add(new FleetSession(each, tokens, entra, pins, clock, background, timer));
        }
        sessions.forEach(FleetSession::start);
    }

    /** Who asks for passwords from now on, where a vault wants a security PIN for something critical. */
    public void askWith(PasswordAsker asker) {
        pins.asker(asker);
    }

    /** Takes what gets tokens of Entra ID; it may come and go while sessions go on. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void setEntra(EntraTokens tokens) {
        entra.use(tokens);
    }

    /** Gives it back. */
    public void unsetEntra(EntraTokens tokens) {
        entra.drop(tokens);
    }

    /** The time by which this console goes. */
    public Instant now() {
        return clock.instant();
    }

    private static @Nullable Path folder(Location instance) {
        URL url = instance.getURL();
        if (url == null) {
            return null;
        }
        // The platform writes such addresses without encoding spaces.
        return Path.of(URI.create(url.toString().replace(" ", "%20"))).resolve("holdfast");
    }

    /** A folder of this user in the place for such; it is made when something is kept there. */
    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"),
                "holdfast-cache-" + System.getProperty("user.name", "user"));
    }

    @Override
    public VaultClient client(String address) {
        HoldfastException why = null;
        for (FleetSession session : sessions) {
            if (session.connection().address().equals(address)) {
                try {
                    return session.newClient();
                } catch (HoldfastException e) {
                    why = e; // another account may be signed in there
                }
            }
        }
        throw why != null ? why
                : new HoldfastException(Problem.ACCESS_DENIED, "Nobody is signed in to " + address + ".",
                        "Connect to it, and sign in.");
    }

    @Override
    public Path cache() {
        return cache;
    }

    /** All vault servers that are known, in the order people see them. */
    public List<FleetSession> sessions() {
        return List.copyOf(sessions);
    }

    /** The session of a saved connection, null when there is none. */
    public @Nullable FleetSession session(String id) {
        return sessions.stream().filter(s -> s.connection().id().equals(id)).findFirst().orElse(null);
    }

    /** Told after a connection was added, removed or renamed. */
    public Observers<VaultConnections> changes() {
        return changes;
    }

    /** Why the connections will be forgotten at the end of the console, null when they were saved. */
    public @Nullable Failure unsaved() {
        return unsaved;
    }

    /** Threads for other work that waits; they end with the console. */
    public ExecutorService background() {
        return background;
    }

    /** A fingerprint in pairs, as people compare them. */
    public static String inPairs(String hex) {
        return hex.toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:");
    }

    /** The fingerprint that a vault server shows, 64 hex digits, to be compared by a person. */
    public CompletableFuture<String> look(String address) {
        return CompletableFuture.supplyAsync(() -> ServerCertificate.shownBy(address).fingerprint(), background);
    }

    /**
     * Signs in to a vault server that need not be known yet.
     *
     * @param password is wiped when the attempt is over
     */
    public CompletableFuture<LoginAnswer> login(String address, String fingerprint, String user, char[] password) {
        return CompletableFuture.supplyAsync(() -> {
            try (VaultClient client = Clients.nobody(address, fingerprint)) {
                return login(client, user, password);
            } finally {
                Arrays.fill(password, '\0');
            }
        }, background);
    }

    /** The ways in which a vault server lets people in, and this console can. */
    public CompletableFuture<SignInMethods> methods(String address, String fingerprint) {
        return CompletableFuture.supplyAsync(() -> entra.methods(address, fingerprint), background);
    }

    /**
     * Signs in with Entra ID and the browser of this computer.
     *
     * @param open shows a page in the browser; called on another thread
     */
    public CompletableFuture<EntraSession> browser(String address, String fingerprint, EntraOffer offer,
            Consumer<URI> open, CancelToken cancel) {
        return CompletableFuture.supplyAsync(() -> entra.browser(address, fingerprint, offer, open, cancel),
                background);
    }

    /**
     * Signs in with Entra ID and a code that is typed into any browser.
     *
     * @param show tells the person; called on another thread
     */
    public CompletableFuture<EntraSession> deviceCode(String address, String fingerprint, EntraOffer offer,
            Consumer<DeviceCode> show, CancelToken cancel) {
        return CompletableFuture.supplyAsync(() -> entra.deviceCode(address, fingerprint, offer, show, cancel),
                background);
    }

    /**
     * Changes a password that has to be changed before anything else, and signs in with the new one.
     *
     * @param first the answer to the sign-in with the old one
     * @param old is wiped when the attempt is over
     * @param chosen 12 to 256 characters; is wiped when the attempt is over
     */
    public CompletableFuture<LoginAnswer> changePassword(String address, String fingerprint, LoginAnswer first,
            char[] old, char[] chosen) {
        return CompletableFuture.supplyAsync(() -> {
            var known = new SavedConnection("", "", address, fingerprint, first.user());
            try (VaultClient client = Clients.signedIn(known, first.token(), PinSource.NONE)) {
                client.send(Call.post(Caller.path("users", first.user(), "password"),
                        new ChangePassword(new String(old), new String(chosen))), Void.class);
                return login(client, first.user(), chosen);
            } finally {
                Arrays.fill(old, '\0');
                Arrays.fill(chosen, '\0');
            }
        }, background);
    }

    private static LoginAnswer login(VaultClient client, String user, char[] password) {
        // Each sign-in makes a token, so the call is not one to be repeated.
        return client.send(Call.post(Caller.path("login"), new LoginRequest(user, new String(password))).once(),
                LoginAnswer.class).body();
    }

    /**
     * Adds a vault server that a person has signed in to, and connects. One with the same address and account is
     * replaced.
     *
     * @param name what people call it, empty for its address
     * @param keep whether the sign-in is kept until the console starts again
     */
    public FleetSession add(String name, String address, String fingerprint, LoginAnswer login, boolean keep) {
        return add(name, address, fingerprint, new EntraSession(login, null), keep);
    }

    /** The same for somebody who has signed in with Entra ID. */
    public FleetSession add(String name, String address, String fingerprint, EntraSession by, boolean keep) {
        LoginAnswer login = by.login();
        FleetSession known = sessions.stream().filter(s -> s.connection().address().equals(address)
                && s.connection().user().equals(login.user())).findFirst().orElse(null);
        if (known != null) {
            replace(known, s -> new SavedConnection(s.id(), name.isBlank() ? s.name() : name, address, fingerprint,
                    login.user()));
            signIn(known, by, keep);
            return known;
        }
        var saved = new SavedConnection(UUID.randomUUID().toString(), name, address, fingerprint, login.user());
        var fresh = new FleetSession(saved, tokens, entra, pins, clock, background, timer);
        sessions.add(fresh);
        save();
        changes.fire(this);
        signIn(fresh, by, keep);
        return fresh;
    }

    /** Signs in again where the sign-in was over. */
    public void signIn(FleetSession session, LoginAnswer login, boolean keep) {
        signIn(session, new EntraSession(login, null), keep);
    }

    /** The same for somebody who has signed in with Entra ID. */
    public void signIn(FleetSession session, EntraSession by, boolean keep) {
        LoginAnswer login = by.login();
        String id = session.connection().id();
        var token = new Token(login.token(), login.expires(), by.grant());
        background.execute(() -> {
            if (keep) {
                tokens.write(id, token);
            } else {
                tokens.remove(id);
            }
        });
        if (!session.connection().user().equals(login.user())) {
            replace(session, s -> s.as(login.user()));
        }
        session.use(token);
    }

    /** Ends a sign-in; the connection stays known. */
    public CompletableFuture<@Nullable Void> signOut(FleetSession session) {
        return session.signOut();
    }

    /** Changes what people call it. */
    public void rename(FleetSession session, String name) {
        replace(session, s -> s.named(name));
    }

    /** Believes another authority from now on, which a person has compared, and tries again. */
    public void pin(FleetSession session, String fingerprint) {
        replace(session, s -> s.pinnedTo(fingerprint));
        session.retry();
    }

    /** Signs out and forgets a connection. */
    public CompletableFuture<@Nullable Void> remove(FleetSession session) {
        if (!sessions.remove(session)) {
            return CompletableFuture.completedFuture(null);
        }
        save();
        changes.fire(this);
        return session.signOut().whenComplete((v, e) -> session.close());
    }

    /** Ends all sessions; sign-ins that are to be kept stay. */
    @Deactivate
    public void close() {
        sessions.forEach(FleetSession::close);
        timer.shutdownNow();
        background.shutdown();
    }

    private void replace(FleetSession session, Function<SavedConnection, SavedConnection> change) {
        session.rename(change.apply(session.connection()));
        save();
        changes.fire(this);
    }

    private synchronized void save() {
        try {
            file.write(sessions.stream().map(FleetSession::connection).toList());
            unsaved = null;
        } catch (IOException e) {
            // They are known until the console ends; the next change is another attempt.
            unsaved = Failure.of(e);
        }
    }
}
