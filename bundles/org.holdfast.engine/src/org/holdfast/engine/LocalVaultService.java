package org.holdfast.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.spi.keys.KeyWrapper;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.api.vault.VaultService;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.KeySlot;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.objects.KeyRing;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.engine.internal.verify.VerifyJob;
import org.holdfast.format.FormatException;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.VaultDescriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Vaults in stores that this process reaches itself, without a vault server in between. */
@Component(service = VaultService.class)
public final class LocalVaultService implements VaultService {
    private static final long STATELESS = 0;

    private final List<StoreProvider> stores;
    private final List<SourceProvider> sources;
    private final Clock clock;

    /** For the service registry. */
    @Activate
    public LocalVaultService(
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<StoreProvider> stores,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<SourceProvider> sources) {
        this(stores, sources, Clock.systemUTC());
    }

    /** For composition by hand. */
    public LocalVaultService(List<StoreProvider> stores, List<SourceProvider> sources, Clock clock) {
        this.stores = List.copyOf(stores);
        this.sources = List.copyOf(sources);
        this.clock = clock;
    }

    private StoreProvider provider(String location) {
        return stores.stream().filter(s -> s.accepts(location)).findFirst()
                .orElseThrow(() -> new HoldfastException(Problem.VAULT_NOT_FOUND,
                        "No kind of store understands '" + location + "'.", "Give the path of a directory."));
    }

    private SourceProvider files() {
        return sources.stream().filter(s -> s.type().equals("files")).findFirst()
                .orElseThrow(() -> new HoldfastException(Problem.INTERNAL, "No source for files is installed.",
                        "Check the installation."));
    }

    @Override
    public VaultInfo create(String location, char[] passphrase) {
        byte[] domain;
        SecretBytes random = SecretBytes.random(DomainKeys.DOMAIN_ID_BYTES);
        try (random) {
            domain = random.copy();
        }
        try (SecretBytes root = SecretBytes.random(DomainKeys.KEY_BYTES);
                DomainKeys keys = DomainKeys.derive(root, domain)) {
            // First of all, so that a refused passphrase leaves nothing behind.
            KeySlot slot = KeyRing.newSlot(root, domain, passphrase, clock.instant());
            try (BlobStore store = provider(location).create(location)) {
                KeyRing.put(store, slot);
                store.put(KeeperKey.OBJECT, ByteBuffer.wrap(KeeperKey.encode(domain, keys.keeperKey())));
                var descriptor = new VaultDescriptor(domain, clock.instant().getEpochSecond(), STATELESS, STATELESS,
                        Signatures.publicKey(keys.signatureSeed()));
                byte[] body = descriptor.encode();
                byte[] signature = Signatures.sign(keys.signatureSeed(), body);
                byte[] bytes = Arrays.copyOf(body, body.length + signature.length);
                System.arraycopy(signature, 0, bytes, body.length, signature.length);
                // Last of all: what has no descriptor is no vault.
                store.put(VaultDescriptor.OBJECT, ByteBuffer.wrap(bytes));
            }
        } catch (FileAlreadyExistsException e) {
            throw new HoldfastException(Problem.VAULT_EXISTS, "There is something at '" + location + "' already.",
                    "Choose a directory that does not exist yet or is empty.", e);
        } catch (IOException e) {
            throw Vault.problem("Creating the vault", e);
        }
        return inspect(location);
    }

    private BlobStore openStore(String location) {
        try {
            return provider(location).open(location);
        } catch (NoSuchFileException e) {
            throw notFound(location, e);
        } catch (IOException e) {
            throw Vault.problem("Opening the vault", e);
        }
    }

    private static HoldfastException notFound(String location, Throwable cause) {
        return new HoldfastException(Problem.VAULT_NOT_FOUND, "There is no vault at '" + location + "'.",
                "Check the path, or create a vault there.", cause);
    }

    private Vault keyless(BlobStore store, String location) {
        return Vault.io("Opening the vault", () -> {
            VaultDescriptor descriptor;
            byte[] bytes;
            try {
                bytes = store.get(VaultDescriptor.OBJECT, 4096);
            } catch (NoSuchFileException e) {
                throw notFound(location, e);
            }
            descriptor = VaultDescriptor.parse(bytes);
            if ((descriptor.readFeatures() & ~Vault.KNOWN_FEATURES) != 0) {
                throw new HoldfastException(Problem.VAULT_UNSUPPORTED, "The vault uses features this version lacks.",
                        "Use a newer version of Holdfast.");
            }
            SecretBytes keeper;
            try {
                keeper = KeeperKey.parse(store.get(KeeperKey.OBJECT, 4096), descriptor.domainId());
            } catch (NoSuchFileException | FormatException e) {
                // The passphrase gives this key too; without it the vault opens as soon as the passphrase is there.
                keeper = null;
            }
            return new Vault(store, descriptor, keeper, null, clock);
        });
    }

    @Override
    public OpenVault open(String location, char[] passphrase) {
        LocalOpenVault vault = openLater(location, passphrase);
        try {
            vault.unlock();
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
        return vault;
    }

    @Override
    public LocalOpenVault openLater(String location, char[] passphrase) {
        char[] copy = passphrase.clone();
        return open(location, (store, domain) -> {
            try {
                return KeyRing.unlock(store, domain, copy);
            } finally {
                KeyRing.wipe(copy);
            }
        });
    }

    @Override
    public OpenVault openWithRecoveryKey(String location, String recoveryKey) {
        return openNow(location, (store, domain) -> KeyRing.unlockWithRecoveryKey(store, domain, recoveryKey));
    }

    @Override
    public OpenVault openWithKeyService(String location, String key, KeyWrapper wrapper) {
        return openNow(location, (store, domain) -> KeyRing.unlockWithKeyService(store, domain, key, wrapper));
    }

    private OpenVault openNow(String location, Unlocker unlocker) {
        LocalOpenVault vault = open(location, unlocker);
        try {
            vault.unlock();
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
        return vault;
    }

    private interface Unlocker {
        KeyRing.Unlocked unlock(BlobStore store, byte[] domain) throws IOException;
    }

    private LocalOpenVault open(String location, Unlocker unlocker) {
        BlobStore store = openStore(location);
        Vault keyless;
        try {
            keyless = keyless(store, location);
        } catch (RuntimeException e) {
            Vault.io("Closing the vault", () -> {
                store.close();
                return null;
            });
            throw e;
        }
        // The derivation takes a while by design, so it gets a thread and whoever needs no keys goes on.
        var opened = new CompletableFuture<LocalOpenVault.Keys>();
        Thread.ofPlatform().name("holdfast-keys").daemon().start(() -> {
            try {
                KeyRing.Unlocked unlocked = Vault.io("Opening the vault",
                        () -> unlocker.unlock(store, keyless.domainId()));
                opened.complete(keys(keyless, unlocked));
            } catch (Throwable t) {
                opened.completeExceptionally(t);
            }
        });
        return new LocalOpenVault(keyless, opened, files(), location);
    }

    private static LocalOpenVault.Keys keys(Vault keyless, KeyRing.Unlocked unlocked) {
        DomainKeys keys = DomainKeys.derive(unlocked.rootKey(), keyless.domainId());
        byte[] stored = Vault.io("Opening the vault", () -> keyless.store().get(VaultDescriptor.OBJECT, 4096));
        if (!Arrays.equals(Signatures.publicKey(keys.signatureSeed()), keyless.descriptor().publicKey())
                || !new Points(keyless).signatureValid(stored)) {
            throw new HoldfastException(Problem.SIGNATURE_INVALID,
                    "The vault's descriptor does not belong to its keys: somebody changed it.",
                    "Do not trust this vault; restore it from a copy.");
        }
        var vault = new Vault(keyless.store(), keyless.descriptor(), keys.keeperKey(), keys, keyless.clock());
        return new LocalOpenVault.Keys(vault, unlocked.rootKey(), unlocked.slotId());
    }

    @Override
    public VaultInfo inspect(String location) {
        try (BlobStore store = openStore(location)) {
            return info(keyless(store, location), location);
        } catch (IOException e) {
            throw Vault.problem("Closing the vault", e);
        }
    }

    /** Facts about a vault. */
    private static VaultInfo info(Vault vault, String location) {
        var bytes = new AtomicLong();
        var points = new AtomicLong();
        Vault.io("Reading the vault", () -> {
            vault.store().list("", info -> {
                bytes.addAndGet(info.size());
                if (info.name().startsWith(Points.POINTS)) {
                    points.incrementAndGet();
                }
            });
            return null;
        });
        return LocalOpenVault.describe(vault, location, points.intValue(), bytes.get());
    }

    @Override
    public VerifyResult verify(String location, boolean readData, ProgressSink progress, CancelToken cancel) {
        try (BlobStore store = openStore(location)) {
            Vault vault = keyless(store, location);
            return new VerifyJob(vault, readData, progress, cancel).run();
        } catch (IOException e) {
            throw Vault.problem("Closing the vault", e);
        }
    }
}
