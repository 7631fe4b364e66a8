package org.holdfast.engine.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.RetainRequest;
import org.holdfast.api.vault.RetainResult;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.SampleTree;
import org.holdfast.engine.internal.Targets;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.VaultDescriptor;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TortureTree;
import org.holdfast.testkit.store.MemoryStore;

/**
 * One vault that is opened again and again, in whatever store a test likes, without the cost of a passphrase: the keys
 * are derived once.
 */
final class Bench implements AutoCloseable {
    /** Longer than a session lives without being renewed. */
    private static final Duration LATER = Duration.ofHours(1);

    final MemoryStore store = new MemoryStore();
    final TempTree temp = TempTree.inMemory();
    final SecretBytes root = DomainKeys.newRootKey();
    private final byte[] domain = DomainKeys.newDomainId();
    private final DomainKeys keys = DomainKeys.derive(root, domain);
    private final VaultDescriptor descriptor;
    private int restored;

    /** Makes a vault without key slots. */
    Bench() throws IOException {
        descriptor = new VaultDescriptor(domain, Clock.systemUTC().instant().getEpochSecond(), 0, 0,
                Signatures.publicKey(keys.signatureSeed()));
        byte[] body = descriptor.encode();
        byte[] signature = Signatures.sign(keys.signatureSeed(), body);
        byte[] bytes = Arrays.copyOf(body, body.length + signature.length);
        System.arraycopy(signature, 0, bytes, body.length, signature.length);
        store.put(VaultDescriptor.OBJECT, ByteBuffer.wrap(bytes));
        store.put(KeeperKey.OBJECT, ByteBuffer.wrap(KeeperKey.encode(domain, keys.keeperKey())));
    }

    byte[] domain() {
        return domain.clone();
    }

    /** The vault in a store, now. Not to be closed: that would wipe the keys. */
    LocalOpenVault open(BlobStore in) {
        return open(in, Clock.systemUTC(), "", Targets.unsynced());
    }

    /** The vault in a store when no session of now is alive any more. */
    LocalOpenVault openLater(BlobStore in) {
        return open(in, Clock.offset(Clock.systemUTC(), LATER), "", Targets.unsynced());
    }

    LocalOpenVault open(BlobStore in, Clock clock, String slot, SourceProvider files) {
        var keyless = new Vault(in, descriptor, keys.keeperKey(), null, clock);
        var vault = new Vault(in, descriptor, keys.keeperKey(), keys, clock);
        return new LocalOpenVault(keyless, CompletableFuture.completedFuture(
                new LocalOpenVault.Keys(vault, root, slot)), files, "memory:");
    }

    static BackupResult backup(LocalOpenVault vault, Path item) {
        return vault.backup(BackupRequest.of(List.of(raw(item))), ProgressSink.NONE, new CancelToken());
    }

    static VerifyResult verify(LocalOpenVault vault) {
        return vault.verify(true, ProgressSink.NONE, new CancelToken());
    }

    /** Keeps the newest points and collects. */
    static RetainResult retain(LocalOpenVault vault, int last) {
        return vault.retain(new RetainRequest(last, 0, 0, 0, 0, true, false), ProgressSink.NONE, new CancelToken());
    }

    static RawPath raw(Path path) {
        return RawPath.of(path.toAbsolutePath().toString());
    }

    static List<String> ids(LocalOpenVault vault) {
        return vault.points().stream().map(PointSummary::id).toList();
    }

    /** Restores a point into a new directory; the item is below it by its own name. */
    Path restore(LocalOpenVault vault, String point) {
        Path target = temp.resolve("restored-" + restored++);
        RestoreResult result = vault.restore(
                new RestoreRequest(point, List.of(), raw(target), IfExists.COPY, true, true, false),
                ProgressSink.NONE, new CancelToken());
        assertEquals(List.of(), result.warnings());
        return target;
    }

    /** Makes sure that a point comes back bit for bit. */
    void requireContent(LocalOpenVault vault, String point, String item, Map<String, byte[]> expected, String when)
            throws IOException {
        Path target = restore(vault, point);
        Map<String, byte[]> actual = SampleTree.contents(target.resolve(item));
        // It may be in memory, and a sweep restores hundreds of times.
        TortureTree.delete(target);
        assertEquals(expected.keySet(), actual.keySet(), when);
        for (var file : expected.entrySet()) {
            assertEquals(-1, Arrays.mismatch(file.getValue(), actual.get(file.getKey())), when + ": "
                    + file.getKey());
        }
    }

    @Override
    public void close() {
        keys.close();
        root.close();
        temp.close();
    }
}
