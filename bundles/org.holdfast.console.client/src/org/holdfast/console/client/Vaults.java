package org.holdfast.console.client;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The vaults this console has open. Thread-safe; observers are called on background threads. */
@Component(service = Vaults.class)
public final class Vaults {
    private final VaultService service;
    private final ExecutorService background;
    private final List<VaultConnection> open = new CopyOnWriteArrayList<>();
    private final Observers<VaultConnection> opened = new Observers<>();
    private final Observers<VaultConnection> closed = new Observers<>();

    /** @param service opens vaults: the engine in this process, or one that is reached over the wire */
    @Activate
    public Vaults(@Reference VaultService service) {
        this.service = service;
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
                return connected(location, service.open(location, passphrase));
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }, background);
    }

    /** Opens a vault with the text of its recovery key, in the background. */
    public CompletableFuture<VaultConnection> openWithRecoveryKey(String location, String recoveryKey) {
        return CompletableFuture.supplyAsync(
                () -> connected(location, service.openWithRecoveryKey(location, recoveryKey)), background);
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

    private VaultConnection connected(String location, OpenVault vault) {
        VaultConnection fresh;
        try {
            fresh = new VaultConnection(location, vault, background);
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
        synchronized (open) {
            for (VaultConnection known : open) {
                if (known.info().id().equals(fresh.info().id()) && known.location().equals(location)) {
                    vault.close();
                    return known;
                }
            }
            open.add(fresh);
        }
        opened.fire(fresh);
        return fresh;
    }
}
