package org.holdfast.engine.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Signatures;
import org.holdfast.engine.internal.backup.BackupJob;
import org.holdfast.engine.internal.backup.BackupOptions;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.engine.internal.restore.RestoreJob;
import org.holdfast.engine.internal.verify.VerifyJob;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.PackKind;
import org.holdfast.format.VaultDescriptor;
import org.holdfast.source.files.FilesSourceProvider;

/** A vault in a store of the test's choice, made and opened without the cost of a passphrase. */
public final class TestVault implements AutoCloseable {
    /** When the first backup is made; every further one is a minute later. */
    public static final Instant START = Instant.parse("2026-11-23T04:10:05Z");

    private final BlobStore store;
    private final DomainKeys keys;
    private final VaultDescriptor descriptor;
    private Instant now = START;

    /** A new vault. */
    public TestVault(BlobStore store) throws IOException {
        this.store = store;
        byte[] domain = DomainKeys.newDomainId();
        try (SecretBytes root = DomainKeys.newRootKey()) {
            keys = DomainKeys.derive(root, domain);
        }
        descriptor = new VaultDescriptor(domain, START.getEpochSecond(), 0, 0,
                Signatures.publicKey(keys.signatureSeed()));
        byte[] body = descriptor.encode();
        byte[] signature = Signatures.sign(keys.signatureSeed(), body);
        byte[] bytes = Arrays.copyOf(body, body.length + signature.length);
        System.arraycopy(signature, 0, bytes, body.length, signature.length);
        store.put(VaultDescriptor.OBJECT, ByteBuffer.wrap(bytes));
        store.put(KeeperKey.OBJECT, ByteBuffer.wrap(KeeperKey.encode(domain, keys.keeperKey())));
    }

    private TestVault(TestVault other, BlobStore store) {
        this.store = store;
        this.keys = other.keys;
        this.descriptor = other.descriptor;
        this.now = other.now;
    }

    /** The same vault in another store. */
    public TestVault in(BlobStore other) {
        return new TestVault(this, other);
    }

    /** The vault with its keys. */
    public Vault open() {
        return new Vault(store, descriptor, keys.keeperKey(), keys, clock());
    }

    /** The vault as whoever keeps it sees it. */
    public Vault keyless() {
        return new Vault(store, descriptor, keys.keeperKey(), null, clock());
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    /** Backs paths up with the usual options. */
    public Points.Stored backup(Path... items) {
        return backup(BackupRequest.of(Arrays.stream(items).map(TestVault::raw).toList()));
    }

    /** Backs up. */
    public Points.Stored backup(BackupRequest request) {
        Vault vault = open();
        try (Source source = new FilesSourceProvider().open()) {
            BackupJob.Outcome outcome = new BackupJob(vault, () -> vault, source, request, "server",
                    BackupOptions.standard("test"), ProgressSink.NONE, new CancelToken()).run();
            now = now.plusSeconds(60);
            return outcome.point();
        }
    }

    /** All recovery points, oldest first. */
    public List<Points.Stored> points() {
        return new Points(open()).list(Points.POINTS, true, (object, detail) -> {});
    }

    /** Restores everything. */
    public RestoreResult restore(Points.Stored point, @Nullable Path target, IfExists ifExists, String... include) {
        return restore(point, request(point, target, ifExists, include), Targets.unsynced(), ProgressSink.NONE,
                new CancelToken());
    }

    /** A request for all that can be restored. */
    public static RestoreRequest request(Points.Stored point, @Nullable Path target, IfExists ifExists,
            String... include) {
        return new RestoreRequest(point.id(), Arrays.stream(include).map(RawPath::of).toList(),
                target == null ? null : raw(target), ifExists, true, true, false);
    }

    /** Restores. */
    public RestoreResult restore(Points.Stored point, RestoreRequest request, SourceProvider files, ProgressSink sink,
            CancelToken cancel) {
        ChunkIndex index = ChunkIndex.forReading(open(), PackKind.values());
        return new RestoreJob(open(), index, point.id(), new Points(open()).details(point), request, files, sink,
                cancel).run();
    }

    /** Verifies. */
    public VerifyResult verify(boolean withKeys, boolean readData) {
        return new VerifyJob(withKeys ? open() : keyless(), readData, ProgressSink.NONE, new CancelToken()).run();
    }

    /** Names of all objects that start with a prefix, sorted. */
    public List<String> objects(String prefix) {
        var names = new ArrayList<String>();
        try {
            store.list(prefix, info -> names.add(info.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.sort(null);
        return names;
    }

    /** A path of this machine as bytes. */
    public static RawPath raw(Path path) {
        return RawPath.of(path.toAbsolutePath().toString());
    }

    @Override
    public void close() {
        keys.close();
    }
}
