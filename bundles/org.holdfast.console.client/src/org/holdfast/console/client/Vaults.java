package org.holdfast.console.client;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultService;
import org.holdfast.console.client.fleet.LinkState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;

/** The vaults this console has open. Thread-safe; observers are called on background threads. */
@Component(service = Vaults.class)
public final class Vaults {
    private final VaultService service;
    private final @Nullable KeyHolder keys;
    private final ExecutorService background;
    private final List<VaultConnection> open = new CopyOnWriteArrayList<>();
    private final Observers<VaultConnection> opened = new Observers<>();
    private final Observers<VaultConnection> closed = new Observers<>();

    /** @param service opens vaults: the engine in this process, or one that is reached over the wire */
    public Vaults(VaultService service) {
        this(service, null);
    }

    /**
     * @param service opens vaults: the engine in this process, or one that is reached over the wire
     * @param keys where passphrases can be read from, or null
     */
    @Activate
    public Vaults(@Reference VaultService service,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable KeyHolder keys) {
        this.service = service;
        this.keys = keys;
        // One thread can be deriving a key or searching while others list folders; all are daemons of the console.
        this.background = Executors.newFixedThreadPool(4,
                Thread.ofPlatform().daemon().name("holdfast-vault-", 0).factory());
    }

    /**
     * Opens a vault in the background. The same vault opened twice gives the connection that is there.
     *
     * @param passphrase is wiped when the attempt is over
     */
    public CompletableFuture<VaultConnection> open(String location, char[] passphrase) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return connected(service.open(location, passphrase), v -> new VaultConnection(location, v,
                        background));
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }, background);
    }

    /** Opens a vault with the text of its recovery key, in the background. */
    public CompletableFuture<VaultConnection> openWithRecoveryKey(String location, String recoveryKey) {
        return CompletableFuture.supplyAsync(
                () -> connected(service.openWithRecoveryKey(location, recoveryKey),
                        v -> new VaultConnection(location, v, background)),
                background);
    }

    /**
     * Opens the data of a server in the background, reading it from its vault server. It is closed when somebody signs
     * out there. The passphrase stays in memory until then, because a restore to another server needs it.
     *
     * @param passphrase is wiped when the attempt is over
     */
    public CompletableFuture<VaultConnection> openServer(ServerPlace place, char[] passphrase) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return followed(connected(service.open(place.location(), passphrase),
                        v -> new VaultConnection(place.location(), v, background, place, passphrase)), place);
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }, background);
    }

    /** Opens the data of a server with the text of its recovery key, in the background. */
    public CompletableFuture<VaultConnection> openServerWithRecoveryKey(ServerPlace place, String recoveryKey) {
        return CompletableFuture.supplyAsync(
                () -> followed(connected(service.openWithRecoveryKey(place.location(), recoveryKey),
                        v -> new VaultConnection(place.location(), v, background, place, new char[0])), place),
                background);
    }

    /** Where passphrases can be read from, or null. */
    public @Nullable KeyHolder keys() {
        return keys;
    }

    /**
     * Opens the data of a server with a passphrase that is read for it, in the background.
     *
     * @param url a safe place for passphrases, or that of the server in it
     */
    public CompletableFuture<VaultConnection> openServerFrom(ServerPlace place, String url) {
        KeyHolder holder = keys;
        return holder == null ? CompletableFuture.failedFuture(new IllegalStateException("there is no such place"))
                : CompletableFuture.supplyAsync(() -> new KeptPassphrases(holder, place.server(), url).open(
                        passphrase -> service.open(place.location(), passphrase),
                        (vault, passphrase) -> followed(connected(vault, v -> new VaultConnection(place.location(), v,
                                background, place, passphrase)), place)),
                        background);
    }

    /**
     * Opens the data of a server for one piece of work and closes it again; blocks.
     *
     * @param passphrase not wiped
     */
    public <T> T using(ServerPlace place, char[] passphrase, Function<OpenVault, T> work) {
        try (OpenVault domain = service.open(place.location(), passphrase)) {
            return work.apply(domain);
        }
    }

    /** Whoever signs out leaves no keys behind. */
    private VaultConnection followed(VaultConnection connection, ServerPlace place) {
        var subscription = new AtomicReference<@Nullable Subscription>();
        subscription.set(place.session().states().add(session -> {
            LinkState.Kind kind = session.state().kind();
            boolean over = kind == LinkState.Kind.SIGNED_OUT || kind == LinkState.Kind.CLOSED;
            if (over || !connection.isOpen()) {
                close(connection);
                Subscription mine = subscription.getAndSet(null);
                if (mine != null) {
                    mine.close();
                }
            }
        }));
        return connection;
    }

    /** What is open now, in the order of opening. */
    public List<VaultConnection> connections() {
        return List.copyOf(open);
    }

    /** Told after a vault was opened. */
    public Observers<VaultConnection> opened() {
        return opened;
    }

    /** Told when a vault is being closed. */
    public Observers<VaultConnection> closed() {
        return closed;
    }

    /** Closes a connection in the background. */
    public CompletableFuture<Void> close(VaultConnection connection) {
        if (!open.remove(connection)) {
            return CompletableFuture.completedFuture(null);
        }
        closed.fire(connection);
        return connection.close();
    }

    /** Closes all; keys are wiped as soon as running operations have stopped. */
    @Deactivate
    public void closeAll() {
        List.copyOf(open).forEach(this::close);
        background.shutdown();
    }

    private VaultConnection connected(OpenVault vault, Function<OpenVault, VaultConnection> maker) {
        VaultConnection fresh;
        try {
            fresh = maker.apply(vault);
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
        synchronized (open) {
            for (VaultConnection known : open) {
                if (known.info().id().equals(fresh.info().id()) && known.location().equals(fresh.location())) {
                    fresh.discard();
                    return known;
                }
            }
            open.add(fresh);
        }
        opened.fire(fresh);
        return fresh;
    }
}
