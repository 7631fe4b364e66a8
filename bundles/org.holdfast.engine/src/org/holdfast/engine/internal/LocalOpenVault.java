package org.holdfast.engine.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.spi.keys.KeyWrapper;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.Excluded;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointDetails;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.RetainRequest;
import org.holdfast.api.vault.RetainResult;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.crypto.DomainProof;
import org.holdfast.crypto.KeySlot;
import org.holdfast.crypto.RecoveryKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.engine.internal.backup.BackupJob;
import org.holdfast.engine.internal.backup.BackupOptions;
import org.holdfast.engine.internal.backup.ExclusionPreview;
import org.holdfast.engine.internal.browse.Browser;
import org.holdfast.engine.internal.browse.Finder;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.KeyRing;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.engine.internal.restore.Contents;
import org.holdfast.engine.internal.restore.RestoreJob;
import org.holdfast.engine.internal.retain.RetainJob;
import org.holdfast.engine.internal.verify.VerifyJob;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;

/** A vault whose keys are, or are about to be, at hand. */
public final class LocalOpenVault implements OpenVault {
    /** What manifests name as their maker. */
    static final String PROGRAM = "Holdfast 0.1.0";

    private final Vault keyless;
    private final CompletableFuture<Keys> keys;
    private final SourceProvider files;
    private final String location;
    private @Nullable Browser browser;
    private @Nullable Contents contents;
    private BackupOptions options = BackupOptions.standard(PROGRAM);

    /**
     * What opening gave.
     *
     * @param vault the vault with its keys
     * @param rootKey root key of the domain
     * @param slotId slot that gave it
     */
    public record Keys(Vault vault, SecretBytes rootKey, String slotId) {
    }

    /**
     * @param keyless the vault without its keys
     * @param keys the keys, perhaps later
     * @param files source and target of files
     */
    public LocalOpenVault(Vault keyless, CompletableFuture<Keys> keys, SourceProvider files, String location) {
        this.keyless = keyless;
        this.keys = keys;
        this.files = files;
        this.location = location;
    }

    /** Changes how backups go about their work; for tests. */
    public void options(BackupOptions changed) {
        options = changed;
    }

    private Keys keys() {
        try {
            return keys.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HoldfastException h) {
                throw new HoldfastException(h.problem(), h.getMessage(), h.advice(), h);
            }
            throw new HoldfastException(Problem.INTERNAL, "The keys could not be derived: " + e.getCause(), "",
                    e.getCause());
        }
    }

    private Vault vault() {
        return keys().vault();
    }

    @Override
    public void unlock() {
        keys();
    }

    /** Facts about a vault. */
    public static VaultInfo describe(Vault vault, String location, int points, long bytes) {
        List<String> features = new ArrayList<>();
        for (long bits = vault.descriptor().readFeatures() | vault.descriptor().writeFeatures(); bits != 0; bits &= bits
                - 1) {
            features.add("feature-" + Long.numberOfTrailingZeros(bits));
        }
        return new VaultInfo(HexFormat.of().formatHex(vault.domainId()), location,
                Instant.ofEpochSecond(vault.descriptor().created()), 1, features, points, bytes);
    }

    @Override
    public VaultInfo info() {
        var bytes = new AtomicLong();
        var points = new AtomicLong();
        Vault.io("Reading the vault", () -> {
            keyless.store().list("", info -> {
                bytes.addAndGet(info.size());
                if (info.name().startsWith(Points.POINTS)) {
                    points.incrementAndGet();
                }
            });
            return null;
        });
        return describe(keyless, location, points.intValue(), bytes.get());
    }

    @Override
    public byte[] publicKey() {
        return keyless.descriptor().publicKey();
    }

    @Override
    public byte[] prove(String context, byte[] message) {
        return DomainProof.sign(vault().keys().signatureSeed(), context, message);
    }

    private List<Points.Stored> stored() {
        return new Points(vault()).list(Points.POINTS, true, (object, detail) -> {});
    }

    @Override
    public List<PointSummary> points() {
        return stored().stream().map(LocalOpenVault::summary).toList();
    }

    /** What a list says of a point. */
    public static PointSummary summary(Points.Stored stored) {
        Manifest.Keeper k = stored.manifest().keeper();
        Manifest.Details d = stored.manifest().details();
        PointState state = switch (k.state()) {
            case 0 -> PointState.COMPLETED;
            case 1 -> PointState.COMPLETED_WITH_WARNINGS;
            default -> PointState.INTERRUPTED;
        };
        return new PointSummary(stored.id(), Instant.ofEpochSecond(k.seconds(), k.nanos()),
                Duration.ofMillis(k.millis()), d.server(), RawPath.of(d.base()),
                d.items().stream().map(RawPath::of).toList(), state, d.root().files(), d.root().directories(),
                d.root().bytes(), k.storedBytes(), d.warningCount(),
                k.keepUntil() == 0 ? null : Instant.ofEpochSecond(k.keepUntil()));
    }

    private Points.Stored find(String id) {
        return PointLookup.find(stored(), id);
    }

    @Override
    public PointSummary point(String id) {
        return summary(find(id));
    }

    @Override
    public PointDetails details(String pointId) {
        Points.Stored stored = find(pointId);
        Manifest manifest = stored.manifest();
        Id previous = manifest.keeper().previous();
        boolean first = previous.equals(new Id(new byte[Id.SIZE]));
        return new PointDetails(summary(stored), first ? null : previous.hex().substring(0, 32),
                manifest.details().warnings().stream().map(LocalOpenVault::warning).toList(),
                manifest.details().exclusions(), manifest.details().program(),
                new Points(vault()).signatureValid(stored.bytes()));
    }

    private static Warning warning(Manifest.Skipped skipped) {
        Problem problem;
        try {
            problem = Problem.valueOf(skipped.problem());
        } catch (IllegalArgumentException e) {
            // Written by a newer version that knows more problems than this one.
            problem = Problem.FILE_UNREADABLE;
        }
        return new Warning(RawPath.of(skipped.path()), problem, skipped.reason());
    }

    private synchronized Browser browser() {
        if (browser == null) {
            browser = new Browser(vault());
        }
        return browser;
    }

    @Override
    public Listing list(String pointId, RawPath path, int from, int max) {
        return browser().list(pointId, path, from, max);
    }

    @Override
    public Entry entry(String pointId, RawPath path) {
        return browser().entry(pointId, path);
    }

    private synchronized Contents contents() {
        if (contents == null) {
            contents = new Contents(vault());
        }
        return contents;
    }

    @Override
    public byte[] read(String pointId, RawPath path, long from, int most, CancelToken cancel) {
        if (from < 0 || most < 0 || most > READ_MAX) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "A part of a file is at most " + READ_MAX + " bytes.", "");
        }
        cancel.check();
        return contents().read(browser(), pointId, browser().file(pointId, path), from, most, cancel);
    }

    @Override
    public void find(FindRequest request, Consumer<FindHit> hits, ProgressSink progress, CancelToken cancel) {
        new Finder(vault(), request, hits, progress, cancel).run();
    }

    @Override
    public BackupResult backup(BackupRequest request, ProgressSink progress, CancelToken cancel) {
        keyless.requireWritable();
        if (keyless.keeper() == null) {
            keys();
        }
        Vault early = keyless.keeper() == null ? vault() : keyless;
        BackupJob.Outcome outcome;
        try (Source source = files.open()) {
            String server = request.server() == null ? hostName() : request.server();
            outcome = new BackupJob(early, this::vault, source, request, server, options, progress, cancel).run();
        }
        BackupJob.Counts c = outcome.counts();
        return new BackupResult(
                summary(new Points.Stored(outcome.point().object(), outcome.point().name(), outcome.point().bytes(),
                        outcome.manifest())),
                c.filesNew(), c.filesChanged(), c.filesUnchanged(), c.filesRemoved(), c.bytesRead(), c.newChunks(),
                c.excluded(), outcome.resumed(), outcome.warnings(), c.entropy());
    }

    private static String hostName() {
        try {
            Path file = Path.of("/proc/sys/kernel/hostname");
            return Files.isReadable(file) ? Files.readString(file, StandardCharsets.UTF_8).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        } catch (IOException e) {
            return "localhost";
        }
    }

    @Override
    public void previewExclusions(BackupRequest request, Consumer<Excluded> excluded, CancelToken cancel) {
        try (Source source = files.open()) {
            ExclusionPreview.run(source, request, excluded, cancel);
        }
    }

    @Override
    public RestoreResult restore(RestoreRequest request, ProgressSink progress, CancelToken cancel) {
        Points.Stored point = find(request.pointId());
        ChunkIndex index = ChunkIndex.forReading(vault(), PackKind.META, PackKind.DATA);
        return new RestoreJob(vault(), index, point.id(), point.manifest(), request, files, progress, cancel).run();
    }

    @Override
    public VerifyResult verify(boolean readData, ProgressSink progress, CancelToken cancel) {
        return new VerifyJob(vault(), readData, progress, cancel).run();
    }

    @Override
    public RetainResult retain(RetainRequest request, ProgressSink progress, CancelToken cancel) {
        keyless.requireWritable();
        return new RetainJob(vault(), request, ZoneId.systemDefault(), progress, cancel).run();
    }

    @Override
    public List<KeySlotInfo> keySlots() {
        String current = keys().slotId();
        return Vault.io("Reading the key slots", () -> KeyRing.slots(keyless.store()).stream()
                .map(s -> new KeySlotInfo(s.idText(), kind(s.type()),
                        s.wrappedSecret().filter(w -> s.label().isEmpty()).map(KeySlot.WrappedSecret::key)
                                .orElse(s.label()),
                        s.created(), s.idText().equals(current)))
                .toList());
    }

    private static String kind(KeySlot.Type type) {
        return switch (type) {
            case PASSPHRASE -> "passphrase";
            case RECOVERY_KEY -> "recovery key";
            case KEY_SERVICE -> "key vault";
        };
    }

    @Override
    public void addKeyService(String key, KeyWrapper wrapper) {
        keyless.requireWritable();
        Keys k = keys();
        byte[] secret;
        try (SecretBytes random = SecretBytes.random(KeySlot.SERVICE_SECRET_BYTES)) {
            secret = random.copy();
        }
        try {
            Vault.io("Adding the key slot", () -> {
                KeyWrapper.Wrapped wrapped = wrapper.wrap(key, secret);
                byte[] back = wrapper.unwrap(wrapped);
                boolean same = java.security.MessageDigest.isEqual(secret, back);
                java.util.Arrays.fill(back, (byte) 0);
                if (!same) {
                    throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The key service does not give back what it"
                            + " has encrypted.", "Use another key.");
                }
                KeyRing.put(keyless.store(), KeySlot.create(k.rootKey(), keyless.domainId(), secret,
                        new KeySlot.WrappedSecret(wrapped.key(), wrapped.bytes()), "", keyless.clock().instant()));
                return null;
            });
        } finally {
            java.util.Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public void changePassphrase(char[] newPassphrase) {
        keyless.requireWritable();
        Keys k = keys();
        KeySlot slot = KeyRing.newSlot(k.rootKey(), keyless.domainId(), newPassphrase, keyless.clock().instant());
        Vault.io("Changing the passphrase", () -> {
            List<KeySlot> old = KeyRing.slots(keyless.store()).stream()
                    .filter(s -> s.type() == KeySlot.Type.PASSPHRASE).toList();
            // The new slot is durable before the old one goes, so there is always one that opens the vault.
            KeyRing.put(keyless.store(), slot);
            boolean byPassphrase = old.stream().anyMatch(s -> s.idText().equals(k.slotId()));
            for (KeySlot s : old) {
                if (!byPassphrase || s.idText().equals(k.slotId())) {
                    keyless.store().delete(KeyRing.PREFIX + s.idText(), this::prove);
                }
            }
            return null;
        });
    }

    @Override
    public String addRecoveryKey() {
        keyless.requireWritable();
        try (RecoveryKey key = RecoveryKey.generate()) {
            KeySlot slot = KeySlot.create(keys().rootKey(), keyless.domainId(), key, "", keyless.clock().instant());
            Vault.io("Adding the recovery key", () -> {
                KeyRing.put(keyless.store(), slot);
                return null;
            });
            return key.toText();
        }
    }

    @Override
    public void removeKeySlot(String slotId) {
        keyless.requireWritable();
        Vault.io("Removing the key slot", () -> {
            List<KeySlot> slots = KeyRing.slots(keyless.store());
            if (slots.stream().noneMatch(s -> s.idText().equals(slotId))) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "There is no key slot " + slotId + ".", "");
            }
            if (slots.size() == 1) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "The last key slot cannot be removed.",
                        "Without it nothing could ever be restored; add another one first.");
            }
            return keyless.store().delete(KeyRing.PREFIX + slotId, this::prove);
        });
    }

    @Override
    public void close() {
        synchronized (this) {
            if (browser != null) {
                browser.close();
                browser = null;
            }
            if (contents != null) {
                contents.close();
                contents = null;
            }
        }
        keys.whenComplete((k, failure) -> {
            if (k != null) {
                k.rootKey().close();
                k.vault().keys().close();
            }
        });
        if (keyless.keeper() != null) {
            keyless.keeper().close();
        }
        Vault.io("Closing the vault", () -> {
            keyless.store().close();
            return null;
        });
    }
}
