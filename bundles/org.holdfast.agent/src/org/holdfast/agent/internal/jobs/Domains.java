package org.holdfast.agent.internal.jobs;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.agent.internal.link.AbortableStore;
import org.holdfast.agent.internal.link.OneStore;
import org.holdfast.agent.internal.link.Stores;
import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.upload.Throttle;

/** Opens encryption domains at the vault: this server's own with its passphrase, others with theirs. */
public final class Domains {
    private final Registration registration;
    private final KeyHolders keys;
    private final Stores stores;
    private final SourceProvider files;

    /** @param files source and target of files */
    public Domains(Registration registration, KeyHolders keys, Stores stores, SourceProvider files) {
        this.registration = registration;
        this.keys = keys;
        this.stores = stores;
        this.files = files;
    }

    /**
     * Opens a domain for a job.
     *
     * @param server id of another server, or null for this one
     * @param passphrase of the other server's data, or null to take this server's own; not wiped
     * @param purpose for the vault's log
     * @param throttle keeps what is sent and received to a rate
     */
    public OpenVault open(@Nullable String server, char @Nullable [] passphrase, String purpose, JobContext job,
            Throttle throttle) {
        Throttle stoppable = stoppable(job, throttle);
        var use = new Stores.Use(server, purpose, job.spec().id(), stoppable, stoppable);
        var service = new LocalVaultService(
                List.of(new OneStore(() -> {
                    BlobStore store = stores.open(use);
                    if (store instanceof AbortableStore abortable) {
                        job.onAbort(abortable::abort);
                    }
                    return new GatedStore(store, job.gate());
                })),
                List.of(new GatedSource(files, job.gate())), job.clock());
        return open(service, passphrase);
    }

    /** Opens this server's own domain for looking around. */
    public OpenVault browse(Clock clock) {
        return browse(clock, null, null);
    }

    /**
     * Opens a domain for looking around.
     *
     * @param server id of another server, or null for this one
     * @param passphrase of the other server's data, or null to take this server's own; not wiped
     */
    public OpenVault browse(Clock clock, @Nullable String server, char @Nullable [] passphrase) {
        var use = new Stores.Use(server, "ask", null, Throttle.NONE, Throttle.NONE);
        var service = new LocalVaultService(List.of(new OneStore(() -> stores.open(use))), List.of(files), clock);
        return open(service, passphrase);
    }

    private OpenVault open(LocalVaultService service, char @Nullable [] passphrase) {
        if (passphrase != null) {
            return service.open(OneStore.LOCATION, passphrase);
        }
        char[] own = keys.read(registration.keyHolder());
        try {
            return service.open(OneStore.LOCATION, own);
        } finally {
            Arrays.fill(own, '\0');
        }
    }

    /** Reads a passphrase from a safe place; the caller's to wipe. */
    public char[] passphrase(String location) {
        return keys.read(location);
    }

    /** Between two pieces of a transfer a job can be paused and cancelled. */
    private static Throttle stoppable(JobContext job, Throttle throttle) {
        CancelToken cancel = job.cancel();
        PauseGate gate = job.gate();
        return bytes -> {
            gate.pass();
            if (cancel.isCancelled()) {
                throw new InterruptedException("cancelled");
            }
            throttle.acquire(bytes);
        };
    }
}
