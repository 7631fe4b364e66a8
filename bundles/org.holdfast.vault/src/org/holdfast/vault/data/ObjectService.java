package org.holdfast.vault.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.engine.KeeperVault;
import org.holdfast.format.FormatException;
import org.holdfast.format.VaultDescriptor;
import org.holdfast.protocol.data.Space;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.SlotsGone;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.holdfast.vault.data.internal.Hashes;
import org.holdfast.vault.data.internal.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The objects of servers over the wire. A server can add objects of its own and nothing more: names decide what an
 * object is, bytes are compared with the hash in the name while they arrive, manifests and index segments have to be
 * sealed and signed by a holder of the passphrase, and nothing is ever changed or, but for leases and checkpoints,
 * taken away. Packs go straight to the store and are never in memory as a whole.
 */
@Component(service = ObjectService.class)
public final class ObjectService {
    /** Room that backups leave in the store, so that commits, retention and the catalogue still have some. */
    public static final long RESERVE = 256L << 20;
    private static final int BUFFER = 256 << 10;
    private static final int UPLOADS = 64;
    /** Segments and checkpoints are checked in memory, a few at a time. */
    private static final int IN_MEMORY = 4;
    private static final long PATIENCE_SECONDS = 20;

    private final Catalog catalog;
    private final ServerStores stores;
    private final List<DataObserver> observers;
    private final Policy policy;
    private final VaultQuotas quotas;
    private final Semaphore uploads = new Semaphore(UPLOADS, true);
    private final Semaphore inMemory = new Semaphore(IN_MEMORY, true);

    /**
     * What is refused whatever the bytes are.
     *
     * @param reserve bytes that stay free in the store
     * @param anyName whether names mean nothing and everything is taken, given and deleted; for tests of stores
     */
    public record Policy(long reserve, boolean anyName) {
        /** What holds in a vault. */
        public static final Policy STANDARD = new Policy(RESERVE, false);
    }

    /** For the service registry. */
    @Activate
    public ObjectService(@Reference Catalog catalog, @Reference ServerStores stores,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<DataObserver> observers) {
        this(catalog, stores, observers, Policy.STANDARD);
    }

    /** For composition by hand. */
    public ObjectService(Catalog catalog, ServerStores stores, List<DataObserver> observers, Policy policy) {
        this.catalog = catalog;
        this.stores = stores;
        this.observers = List.copyOf(observers);
        this.policy = policy;
        this.quotas = new VaultQuotas(catalog, stores);
    }

    /**
     * Stores an object.
     *
     * @param length bytes announced
     * @return false when there is an object of that name already
     * @throws Refusal when it may not be stored, or is not what its name says
     * @throws IOException when the stream or the store fails; nothing of the object is left then
     */
    public boolean put(UUID vault, UUID server, String name, long length, InputStream body) throws IOException {
        ObjectKind kind = kind(name);
        if (kind == ObjectKind.POINT) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "commit-needed", "Recovery points are stored by a commit.", "");
        }
        if (length < 0) {
            throw new Refusal(Refusal.Kind.INVALID, "length-needed", "The length of the object has to be given.", "");
        }
        if (length > largest(kind)) {
            throw new Refusal(Refusal.Kind.TOO_LARGE, "too-large", "An object of that name has at most "
                    + kind.largest() + " bytes.", "");
        }
        boolean small = kind != ObjectKind.PACK && kind != ObjectKind.OTHER;
        Semaphore places = small ? inMemory : uploads;
        enter(places);
        try (ServerStore store = stores.openOrCreate(vault, server)) {
            long there = store.store().size(name);
            if (there >= 0) {
                // Read to its end, so that the connection can be used again.
                body.transferTo(java.io.OutputStream.nullOutputStream());
                return false;
            }
            if (kind == ObjectKind.SLOT && isGone(server, name)) {
                throw new Refusal(Refusal.Kind.FORBIDDEN, "slot-removed",
                        "The key slot was removed by a holder of the passphrase and does not come back.", "");
            }
            room(vault, server, store, length);
            boolean made = false;
            try {
                made = small ? putSmall(server, kind, name, length, body, store)
                        : stream(kind, name, length, body, store);
                if (made) {
                    store.added().addAndGet(length);
                }
                return made;
            } finally {
                quotas.end(vault, length, made);
            }
        } catch (StoreFullException e) {
            throw full(vault, server, 0, e);
        } finally {
            places.release();
        }
    }

    private boolean isGone(UUID server, String name) {
        return catalog.read(h -> SlotsGone.contains(h, server, name.substring(name.indexOf('/') + 1)));
    }

    private ObjectKind kind(String name) {
        if (policy.anyName() && ObjectNames.isValid(name)) {
            return ObjectKind.OTHER;
        }
        ObjectKind kind = ObjectKind.of(name);
        if (kind == ObjectKind.OTHER) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "name-refused", "No object of that name may be stored.", "");
        }
        return kind;
    }

    private long largest(ObjectKind kind) {
        return kind == ObjectKind.OTHER ? ObjectKind.PACK.largest() : kind.largest();
    }

    private static void enter(Semaphore places) {
        try {
            if (places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refusal(Refusal.Kind.UNAVAILABLE, "busy", "Too much is being stored at the same time.",
                "Try again in a moment.");
    }

    private void room(UUID vault, UUID server, ServerStore store, long length) throws IOException {
        long free = store.store().freeBytes();
        if (free >= 0 && free - length < policy.reserve()) {
            throw full(vault, server, Math.max(0, free - policy.reserve()), null);
        }
        long left = quotas.take(vault, server, store.added().get(), length);
        if (left >= 0) {
            Observers.tell(observers, o -> o.full(vault, server, left));
            throw VaultQuotas.refusal();
        }
    }

    /**
     * Whether bytes would fit now.
     *
     * @throws Refusal when they do not
     */
    void requireRoom(UUID vault, UUID server, ServerStore store, long length) throws IOException {
        room(vault, server, store, length);
        quotas.end(vault, length, false);
    }

    private Refusal full(UUID vault, UUID server, long free, @Nullable Throwable cause) {
        Observers.tell(observers, o -> o.full(vault, server, free));
        Refusal refusal = new Refusal(Refusal.Kind.FULL, "vault-full", "The vault has no room for more.",
                "Free space or add some; what was committed is not affected.");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }

    /** Straight to the store, hashed on the way. */
    private static boolean stream(ObjectKind kind, String name, long length, InputStream body, ServerStore store)
            throws IOException {
        MessageDigest digest = kind.hashed() ? Hashes.sha256() : null;
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
        try (Upload upload = store.store().begin()) {
            long left = length;
            while (left > 0) {
                int n = body.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw cut();
                }
                if (digest != null) {
                    digest.update(buffer, 0, n);
                }
                upload.write(buffer, 0, n);
                left -= n;
            }
            Hashes.check(name, digest);
            return upload.commit(name);
        }
    }

    private boolean putSmall(UUID server, ObjectKind kind, String name, long length, InputStream body,
            ServerStore store) throws IOException {
        byte[] bytes = body.readNBytes((int) length);
        if (bytes.length != length) {
            throw cut();
        }
        if (kind.hashed()) {
            MessageDigest digest = Hashes.sha256();
            digest.update(bytes);
            Hashes.check(name, digest);
        }
        switch (kind) {
            case INDEX -> check(() -> keeper(store).segment(bytes));
            case CHECKPOINT -> check(() -> keeper(store).manifest(name, bytes));
            case DESCRIPTOR -> describe(server, bytes);
            default -> {
                // Nothing to be said of the bytes.
            }
        }
        return store.store().put(name, ByteBuffer.wrap(bytes));
    }

    private static KeeperVault keeper(ServerStore store) throws IOException {
        try {
            return store.keeper();
        } catch (NoSuchFileException e) {
            throw new Refusal(Refusal.Kind.CONFLICT, "no-domain", "The server has no encryption domain yet.",
                    "Register the server first.");
        }
    }

    private interface Check {
        void run() throws IOException;
    }

    private static void check(Check check) throws IOException {
        try {
            check.run();
        } catch (Refusal e) {
            throw e;
        } catch (HoldfastException e) {
            boolean signature = e.problem() == Problem.SIGNATURE_INVALID;
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, signature ? "signature-invalid" : "object-invalid",
                    String.valueOf(e.getMessage()), "");
        }
    }

    /** The keys of a domain are remembered for good with the first descriptor. */
    private void describe(UUID server, byte[] bytes) {
        VaultDescriptor descriptor;
        try {
            descriptor = VaultDescriptor.parse(bytes);
        } catch (FormatException e) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "object-invalid", String.valueOf(e.getMessage()), "");
        }
        String domain = HexFormat.of().formatHex(descriptor.domainId());
        String key = HexFormat.of().formatHex(descriptor.publicKey());
        catalog.run(h -> {
            DataServers.setDomain(h, server, domain, key);
            DataServerRow row = DataServers.find(h, server).orElseThrow();
            if (!key.equals(row.publicKey()) || !domain.equals(row.domain())) {
                throw new Refusal(Refusal.Kind.CONFLICT, "other-domain",
                        "The server has another encryption domain already.", "");
            }
        });
    }

    private static IOException cut() {
        return new IOException("The object ended early.");
    }

    /** Bytes of an object, -1 when there is none. */
    public long size(UUID vault, UUID server, String name) throws IOException {
        if (!ObjectNames.isValid(name)) {
            throw Refusal.notFound("object");
        }
        try (ServerStore store = stores.open(vault, server)) {
            return store.store().size(name);
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /** Whether the bytes of an object are given out; the keeper key is not. */
    public boolean readable(String name) {
        return policy.anyName() || ObjectKind.of(name).readable();
    }

    /** Takes pieces of an object. */
    @FunctionalInterface
    public interface Sink {
        /** The next piece. */
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    /**
     * Reads part of an object.
     *
     * @param from first byte
     * @param length bytes, which must be there
     */
    public void read(UUID vault, UUID server, String name, long from, long length, Sink sink) throws IOException {
        if (!readable(name)) {
            throw Refusal.notFound("object");
        }
        try (ServerStore store = stores.open(vault, server)) {
            byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
            long at = from;
            long end = from + length;
            while (at < end) {
                int n = store.store().read(name, at, buffer, 0, (int) Math.min(buffer.length, end - at));
                if (n <= 0) {
                    throw new IOException("The object " + name + " has become shorter.");
                }
                sink.write(buffer, 0, n);
                at += n;
            }
        }
    }

    /** Hands out what a server has below a prefix, in no order. */
    public void list(UUID vault, UUID server, String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        String checked;
        try {
            checked = ObjectNames.requirePrefix(prefix);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("prefix", "No name begins like that.");
        }
        try (ServerStore store = stores.open(vault, server)) {
            store.store().list(checked, visitor);
        } catch (NoSuchFileException e) {
            // Nothing was ever stored: an empty list.
            return;
        }
    }

    /**
     * Takes away a lease or a checkpoint.
     *
     * @return false when there is none
     * @throws Refusal for everything else
     */
    public boolean delete(UUID vault, UUID server, String name) throws IOException {
        ObjectKind kind = kind(name);
        if (!kind.deletable() && !policy.anyName()) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "delete-refused",
                    "Servers cannot delete what they have stored.", "Retention does, by the policy in the vault.");
        }
        try (ServerStore store = stores.open(vault, server)) {
            return store.store().delete(name);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Makes the place for a server's objects, when there is none yet. */
    public void prepare(UUID vault, UUID server) throws IOException {
        try (ServerStore store = stores.openOrCreate(vault, server)) {
            store.added();
        }
    }

    /** Room for a server. */
    public Space space(UUID vault, UUID server) throws IOException {
        DataServerRow row = catalog.read(h -> DataServers.find(h, server)).orElse(null);
        try (ServerStore store = stores.open(vault, server)) {
            long used = (row == null ? 0 : row.usedBytes()) + store.added().get();
            long free = store.store().freeBytes();
            free = free < 0 ? free : Math.max(0, free - policy.reserve());
            long left = quotas.left(vault, server, store.added().get());
            if (left >= 0) {
                free = free < 0 ? left : Math.min(free, left);
            }
            return new Space(free, used);
        } catch (NoSuchFileException e) {
            throw Refusal.notFound("store");
        }
    }
}
