package org.holdfast.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.vault.Damage;
import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.Marks;
import org.holdfast.engine.internal.objects.PackDirectories;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Session;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.engine.internal.retain.Collector;
import org.holdfast.engine.internal.verify.Scrub;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;
import org.holdfast.format.VaultDescriptor;

/**
 * What whoever runs the store can do with a vault without any passphrase: tell sound manifests and index segments from
 * others, and collect what nothing needs. Works through the keeper key that lies in the store; the store stays the
 * caller's to close. Thread-safe as long as it is not closed.
 */
public final class KeeperVault implements AutoCloseable {
    private static final int MAX_SMALL = 4096;

    private final Vault vault;

    private KeeperVault(Vault vault) {
        this.vault = vault;
    }

    /**
     * Opens a vault for its keeper.
     *
     * @throws NoSuchFileException when the store holds no complete vault (yet)
     * @throws HoldfastException when it is damaged or of a newer version
     */
    public static KeeperVault open(BlobStore store, Clock clock) throws IOException {
        try {
            VaultDescriptor descriptor = VaultDescriptor.parse(store.get(VaultDescriptor.OBJECT, MAX_SMALL));
            SecretBytes keeper = KeeperKey.parse(store.get(KeeperKey.OBJECT, MAX_SMALL), descriptor.domainId());
            return new KeeperVault(new Vault(store, descriptor, keeper, null, clock));
        } catch (FormatException e) {
            throw new HoldfastException(Problem.OBJECT_DAMAGED, e.getMessage(), "Restore the vault from a copy.", e);
        }
    }

    /** Id of the encryption domain, 16 bytes. */
    public byte[] domainId() {
        return vault.domainId().clone();
    }

    /** The Ed25519 key that checks signatures, as the descriptor in the store has it. */
    public byte[] publicKey() {
        return vault.descriptor().publicKey().clone();
    }

    /**
     * Checks a manifest: that its bytes have the name, that it belongs to this vault, and that a holder of the
     * passphrase has signed it.
     *
     * @param name name of the object, below {@code points/} or {@code checkpoints/}
     * @return what the keeper may know
     * @throws HoldfastException {@link Problem#OBJECT_DAMAGED} or {@link Problem#SIGNATURE_INVALID}
     */
    public Manifest.Keeper manifest(String name, byte[] bytes) {
        boolean point = name.startsWith(Points.POINTS);
        String prefix = point ? Points.POINTS : Points.CHECKPOINTS;
        if (!name.equals(prefix + new Id(Manifest.sha256(bytes, 0, bytes.length)).hex())) {
            throw damaged("The bytes of " + name + " are not what its name says.", null);
        }
        Manifest.Keeper facts;
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            facts = Manifest.open(bytes, vault.domainId(), keeper, null).keeper();
        } catch (FormatException e) {
            throw damaged(e.getMessage(), e);
        }
        if (facts.kind() != (point ? Manifest.POINT : Manifest.CHECKPOINT)) {
            throw damaged("The manifest " + name + " is of another kind.", null);
        }
        if (!new Points(vault).signatureValid(bytes)) {
            throw new HoldfastException(Problem.SIGNATURE_INVALID,
                    "The manifest " + name + " was not signed by a holder of the passphrase.", "");
        }
        return facts;
    }

    /**
     * Checks an index segment that a backup has made: that it belongs to this vault, takes the place of no other, and
     * describes packs as their own directories do. So nobody who can only add objects can hide chunks with it.
     *
     * @throws HoldfastException {@link Problem#OBJECT_DAMAGED} when it does not hold
     * @throws IOException when the store fails
     */
    public void segment(byte[] bytes) throws IOException {
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            IndexSegment segment = IndexSegment.open(bytes, vault.domainId(), keeper);
            if (!segment.replaces().isEmpty()) {
                throw damaged("The index segment replaces others, which only the keeper may do.", null);
            }
            for (IndexSegment.Pack pack : segment.packs()) {
                String object = pack.directory().kind().objectName(pack.name());
                if (vault.store().size(object) != pack.bytes()) {
                    throw damaged("The index segment names the pack " + object + ", which is not there.", null);
                }
                if (!describes(pack, keeper)) {
                    throw damaged("The index segment does not match the directory of " + object + ".", null);
                }
            }
        } catch (FormatException | CryptoException e) {
            throw damaged(e.getMessage(), e);
        }
    }

    private boolean describes(IndexSegment.Pack pack, Xaes256Gcm keeper) throws IOException {
        var own = PackDirectories.read(vault, keeper, pack.directory().kind(), pack.name(), pack.bytes()).blobs();
        var told = pack.directory().blobs();
        if (own.size() != told.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            var a = own.get(i);
            var b = told.get(i);
            if (a.offset() != b.offset() || a.storedLength() != b.storedLength() || a.codec() != b.codec()
                    || a.epoch() != b.epoch() || a.rawLength() != b.rawLength()
                    || !Arrays.equals(a.lengths(), b.lengths()) || !Arrays.equals(a.ids(), b.ids())) {
                return false;
            }
        }
        return true;
    }

    /**
     * What a collection did, or would do.
     *
     * @param packsRemoved packs that are gone
     * @param packsCompacted packs whose needed part was moved
     * @param bytesFreed fewer bytes in packs than before
     * @param packsPending packs that wait for running backups to end
     * @param bytesRead bytes of packs that were read to move what is needed of them
     */
    public record Collection(long packsRemoved, long packsCompacted, long bytesFreed, long packsPending,
            long bytesRead) {
    }

    /**
     * Collects what nothing needs; beside running backups. Can be interrupted at any time and goes on the next time.
     */
    public Collection collect(CancelToken cancel) throws IOException {
        return collect(Long.MAX_VALUE, cancel);
    }

    /**
     * The same, with less work.
     *
     * @param budget bytes of packs that are read to move what is needed of them; what is left is done another time
     */
    public Collection collect(long budget, CancelToken cancel) throws IOException {
        vault.requireWritable();
        return collection(new Collector(vault, budget, cancel).run());
    }

    /**
     * Tells what a collection would free.
     *
     * @param without names (64 hex digits) of recovery points that are about to be removed
     */
    public Collection preview(Set<String> without, CancelToken cancel) throws IOException {
        Set<Id> ids = new HashSet<>();
        without.forEach(name -> ids.add(Id.of(name)));
        return collection(new Collector(vault, cancel).preview(ids));
    }

    private static Collection collection(Collector.Result r) {
        return new Collection(r.packsRemoved(), r.packsCompacted(), r.bytesFreed(), r.packsPending(),
                r.bytesRead());
    }

    /**
     * A part of the packs that was read again.
     *
     * @param next where the next part begins, null when the end was reached
     * @param packs packs that were read
     * @param bytes how many bytes that were
     * @param found packs that are damaged or missing; which points they hurt is not looked into
     */
    public record Scrubbed(@Nullable String next, long packs, long bytes, List<Damage> found) {
    }

    /**
     * Reads packs again and compares them with their names, in the order of names. Damaged and missing ones are marked,
     * so that the next backup stores their content again, if it is still there to be stored.
     *
     * @param after what the last part gave as the next, empty to begin
     * @param budget bytes to read, about
     */
    public Scrubbed scrub(String after, long budget, CancelToken cancel) throws IOException {
        vault.requireWritable();
        Scrub.Part part = new Scrub(vault, cancel).run(after, budget);
        return new Scrubbed(part.next(), part.packs(), part.bytes(), part.found());
    }

    /** Which points the packs hurt that are marked as damaged, by pack; those that hurt none are left out. */
    public List<Damage> damages(CancelToken cancel) throws IOException {
        return new Scrub(vault, cancel).damages();
    }

    /** Names (64 hex digits) of packs that are marked as damaged. */
    public Set<String> marked() throws IOException {
        Set<String> names = new HashSet<>();
        Marks.damaged(vault).forEach(id -> names.add(id.hex()));
        return names;
    }

    /**
     * Describes packs anew that no index segment describes, because segments were lost.
     *
     * @return how many packs
     */
    public int mendIndex() throws IOException {
        vault.requireWritable();
        var lost = ChunkIndex.complete(vault, Set.of(), PackKind.values()).undescribed().values();
        var writer = new IndexWriter(vault);
        for (IndexSegment.Pack pack : lost) {
            writer.add(pack);
        }
        writer.flush();
        return lost.size();
    }

    /** Removes checkpoints that are older than a recovery point of the same items. */
    public void dropOldCheckpoints() throws IOException {
        var manifests = new Points(vault);
        List<Points.Stored> points = manifests.list(Points.POINTS, false, (o, d) -> {});
        for (Points.Stored checkpoint : manifests.list(Points.CHECKPOINTS, false, (o, d) -> {})) {
            Points.Stored newest = Points.latest(points, checkpoint.manifest().keeper().group());
            if (newest != null
                    && newest.manifest().keeper().seconds() > checkpoint.manifest().keeper().seconds()) {
                vault.store().delete(checkpoint.object());
            }
        }
    }

    /** While it is held and renewed, nothing that was there or comes meanwhile is collected. One thread at a time. */
    public static final class Lease implements AutoCloseable {
        private final Session session;

        private Lease(Session session) {
            this.session = session;
        }

        /**
         * Keeps it; to be called at least every few minutes.
         *
         * @throws HoldfastException {@link Problem#STORE_UNAVAILABLE} when it has run out
         */
        public void renew() throws IOException {
            session.renew();
            session.requireAlive();
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** Takes a lease, as a running backup has one. */
    public Lease lease() {
        return new Lease(Session.begin(vault));
    }

    /** Names (64 hex digits) of packs that are about to be deleted, because nothing needed them a while ago. */
    public Set<String> condemned() throws IOException {
        Set<String> names = new HashSet<>();
        Marks.tombstones(vault).forEach(t -> t.packs().forEach(id -> names.add(id.hex())));
        return names;
    }

    private static HoldfastException damaged(String message, Throwable cause) {
        return new HoldfastException(Problem.OBJECT_DAMAGED, message, "", cause);
    }

    @Override
    public void close() {
        vault.keeper().close();
    }
}
