package org.holdfast.engine.internal.objects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackKind;

/**
 * Where every chunk is, made from the index segments of the vault and kept in columns: about 40 bytes a chunk.
 * Immutable once built, so it can be shared by threads.
 */
public final class ChunkIndex {
    /** Largest segment read. */
    private static final int MAX_SEGMENT = IndexSegment.MAX_BYTES;
    private static final int ATTEMPTS = 5;

    private final List<Id> packNames = new ArrayList<>();
    private final List<PackKind> packKinds = new ArrayList<>();
    private long[] packBytes = new long[64];
    private final List<Id> segments = new ArrayList<>();
    private final List<String> damagedSegments = new ArrayList<>();
    private final Map<Integer, IndexSegment.Pack> undescribed = new HashMap<>();
    private final IdTable table = IdTable.ofNumbers();
    private int chunks;
    private final IntColumn chunkBlob = new IntColumn();
    private final IntColumn chunkOffset = new IntColumn();
    private final IntColumn chunkLength = new IntColumn();
    private int blobs;
    private int[] blobPack = new int[256];
    private int[] blobFirst = new int[256];
    private int[] blobOffset = new int[256];
    private int[] blobStored = new int[256];
    private int[] blobRaw = new int[256];
    private byte[] blobCodec = new byte[256];
    private int[] blobEpoch = new int[256];
    private byte[] blobFirstId = new byte[256 * Id.SIZE];

    /**
     * Reads the index of a vault.
     *
     * @param prefix {@link IndexWriter#PREFIX} for all of it, or the prefix of one kind of packs
     * @param ignore packs whose chunks count as absent: damaged or about to be deleted
     */
    public static ChunkIndex load(Vault vault, String prefix, Set<Id> ignore) {
        return load(vault, prefix, ignore, Set.of(), new ArrayList<>());
    }

    private static ChunkIndex load(Vault vault, String prefix, Set<Id> ignore, Set<Id> last,
            List<IndexSegment.Pack> late) {
        Set<Id> replaced = new HashSet<>();
        for (int attempt = 1;; attempt++) {
            var index = new ChunkIndex();
            late.clear();
            boolean again = index.read(vault, prefix, ignore, last, late, replaced);
            if (!again || attempt == ATTEMPTS) {
                return index;
            }
        }
    }

    /**
     * Reads the index for reading chunks: packs that no readable segment describes are looked into as well, so that a
     * lost or damaged segment costs time and not data. Packs marked as damaged are used only for what no other has.
     *
     * @param kinds of packs that are wanted
     */
    public static ChunkIndex forReading(Vault vault, PackKind... kinds) {
        return complete(vault, Set.of(), Vault.io("Reading marks", () -> Marks.damaged(vault)), kinds);
    }

    /**
     * As {@link #forReading}, without some packs.
     *
     * @param ignore packs whose chunks count as absent
     */
    public static ChunkIndex complete(Vault vault, Set<Id> ignore, PackKind... kinds) {
        return complete(vault, ignore, Set.of(), kinds);
    }

    /**
     * As {@link #forReading}, without some packs.
     *
     * @param ignore packs whose chunks count as absent
     * @param last packs to be used only for chunks that no other pack has: damaged ones, of which parts may be good
     */
    public static ChunkIndex complete(Vault vault, Set<Id> ignore, Set<Id> last, PackKind... kinds) {
        List<IndexSegment.Pack> late = new ArrayList<>();
        ChunkIndex index = load(vault, kinds.length == 1 ? IndexWriter.prefix(kinds[0]) : IndexWriter.PREFIX, ignore,
                last, late);
        Set<Id> described = new HashSet<>(index.packNames);
        described.addAll(ignore);
        late.forEach(pack -> described.add(pack.name()));
        Map<Id, IndexSegment.Pack> found = new HashMap<>();
        for (PackKind kind : kinds) {
            List<ObjectInfo> packs = new ArrayList<>();
            Vault.io("Listing the packs", () -> {
                vault.store().list(kind.prefix(), packs::add);
                return null;
            });
            try (Xaes256Gcm keeper = vault.keeperCipher()) {
                for (ObjectInfo info : packs) {
                    Id name = kind.pack(info.name());
                    if (name != null && described.add(name)) {
                        IndexSegment.Pack pack = look(vault, keeper, kind, name, info.size());
                        if (pack != null) {
                            found.put(name, pack);
                            index.add(pack, last, late);
                        }
                    }
                }
            }
        }
        late.forEach(index::add);
        for (int pack = 0; !found.isEmpty() && pack < index.packs(); pack++) {
            IndexSegment.Pack looked = found.get(index.packName(pack));
            if (looked != null) {
                index.undescribed.put(pack, looked);
            }
        }
        return index;
    }

    private void add(IndexSegment.Pack pack, Set<Id> last, List<IndexSegment.Pack> late) {
        if (last.contains(pack.name())) {
            late.add(pack);
        } else {
            add(pack);
        }
    }

    private static IndexSegment.@Nullable Pack look(Vault vault, Xaes256Gcm keeper, PackKind kind, Id name,
            long bytes) {
        try {
            return new IndexSegment.Pack(name, bytes, PackDirectories.read(vault, keeper, kind, name, bytes)
                    .withoutReferences());
        } catch (FormatException | java.nio.file.NoSuchFileException e) {
            // A damaged pack nobody describes, or one that is just being collected: its chunks are not to be had.
            return null;
        } catch (java.io.IOException e) {
            throw Vault.problem("Reading the directory of a pack", e);
        }
    }

    /**
     * Reads all segments, one at a time, because together they may be larger than the heap.
     *
     * @param replaced segments to leave out; those that turn out to be replaced by others are added
     * @return whether that is not the whole truth: a segment was gone, so it was replaced by a collection since it was
     *         listed, or one was read that another one replaces
     */
    private boolean read(Vault vault, String prefix, Set<Id> ignore, Set<Id> last, List<IndexSegment.Pack> late,
            Set<Id> replaced) {
        List<ObjectInfo> infos = new ArrayList<>();
        Vault.io("Reading the index", () -> {
            vault.store().list(prefix, infos::add);
            return null;
        });
        boolean gone = false;
        Set<Id> packs = new HashSet<>();
        Set<Id> used = new HashSet<>();
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (ObjectInfo info : infos) {
                try {
                    Id name = IndexWriter.id(info.name());
                    IndexSegment segment = IndexSegment.open(vault.store().get(info.name(), MAX_SEGMENT),
                            vault.domainId(), keeper);
                    segments.add(name);
                    replaced.addAll(segment.replaces());
                    if (!replaced.contains(name)) {
                        used.add(name);
                        add(segment, ignore, last, late, packs);
                    }
                } catch (FormatException e) {
                    damagedSegments.add(info.name());
                } catch (java.nio.file.NoSuchFileException e) {
                    gone = true;
                } catch (java.io.IOException e) {
                    throw Vault.problem("Reading the index", e);
                }
            }
        }
        return gone || used.stream().anyMatch(replaced::contains);
    }

    private void add(IndexSegment segment, Set<Id> ignore, Set<Id> last, List<IndexSegment.Pack> late,
            Set<Id> packs) {
        for (IndexSegment.Pack pack : segment.packs()) {
            if (!ignore.contains(pack.name()) && packs.add(pack.name())) {
                add(pack, last, late);
            }
        }
    }

    /** Adds all chunks of a pack that are not in the index yet. */
    void add(IndexSegment.Pack pack) {
        int p = packNames.size();
        packNames.add(pack.name());
        packKinds.add(pack.directory().kind());
        if (p == packBytes.length) {
            packBytes = Arrays.copyOf(packBytes, p * 2);
        }
        packBytes[p] = pack.bytes();
        for (BlobEntry blob : pack.directory().blobs()) {
            addBlob(p, blob);
        }
    }

    private void addBlob(int pack, BlobEntry blob) {
        if (blobs == blobPack.length) {
            int n = blobs * 2;
            blobPack = Arrays.copyOf(blobPack, n);
            blobFirst = Arrays.copyOf(blobFirst, n);
            blobOffset = Arrays.copyOf(blobOffset, n);
            blobStored = Arrays.copyOf(blobStored, n);
            blobRaw = Arrays.copyOf(blobRaw, n);
            blobCodec = Arrays.copyOf(blobCodec, n);
            blobEpoch = Arrays.copyOf(blobEpoch, n);
            blobFirstId = Arrays.copyOf(blobFirstId, n * Id.SIZE);
        }
        int b = blobs++;
        blobPack[b] = pack;
        blobFirst[b] = chunks;
        blobOffset[b] = blob.offset();
        blobStored[b] = blob.storedLength();
        blobRaw[b] = blob.rawLength();
        blobCodec[b] = (byte) blob.codec();
        blobEpoch[b] = blob.epoch();
        System.arraycopy(blob.ids(), 0, blobFirstId, b * Id.SIZE, Id.SIZE);
        int at = 0;
        for (int i = 0; i < blob.chunks(); i++) {
            chunkBlob.add(b);
            chunkOffset.add(at);
            chunkLength.add(blob.lengths()[i]);
            at += blob.lengths()[i];
            table.putIfAbsent(blob.ids(), i * Id.SIZE, chunks++);
        }
    }

    /** Number of a chunk, or -1 when it is not in the index. */
    public int find(byte[] id, int at) {
        return table.get(id, at);
    }

    /** Where a chunk is. */
    public BlobRef locate(int chunk) {
        int blob = chunkBlob.get(chunk);
        return new BlobRef(blobPack[blob], blob, chunk - blobFirst[blob], chunkOffset.get(chunk),
                chunkLength.get(chunk));
    }

    /** Blob of a chunk. */
    public int blobOf(int chunk) {
        return chunkBlob.get(chunk);
    }

    /** Number of chunks. */
    public int chunks() {
        return chunks;
    }

    /** Number of blobs. */
    public int blobs() {
        return blobs;
    }

    /** Number of packs. */
    public int packs() {
        return packNames.size();
    }

    /** Pack of a blob. */
    public int packOf(int blob) {
        return blobPack[blob];
    }

    /** Name of a pack. */
    public Id packName(int pack) {
        return packNames.get(pack);
    }

    /** Kind of a pack. */
    public PackKind packKind(int pack) {
        return packKinds.get(pack);
    }

    /** Size of a pack in bytes. */
    public long packBytes(int pack) {
        return packBytes[pack];
    }

    /** Where a blob starts in its pack. */
    public int blobOffset(int blob) {
        return blobOffset[blob];
    }

    /** Stored length of a blob. */
    public int blobStored(int blob) {
        return blobStored[blob];
    }

    /** Raw length of a blob. */
    public int blobRaw(int blob) {
        return blobRaw[blob];
    }

    /** Codec of a blob. */
    public int blobCodec(int blob) {
        return blobCodec[blob];
    }

    /** Key epoch of a blob. */
    public int blobEpoch(int blob) {
        return blobEpoch[blob];
    }

    /** Array with the first id of every blob, at {@code blob * Id.SIZE}. */
    public byte[] blobFirstIds() {
        return blobFirstId;
    }

    /** Names of all segments read, replaced ones included. */
    public List<Id> segments() {
        return segments;
    }

    /** Packs that no readable segment describes, by number. */
    public Map<Integer, IndexSegment.Pack> undescribed() {
        return undescribed;
    }

    /** Objects that should be segments and cannot be read. */
    public List<String> damagedSegments() {
        return damagedSegments;
    }

    /** Adds all ids to a table of known ones. */
    public static void loadIds(Vault vault, Set<Id> ignore, IdTable into) {
        List<ObjectInfo> infos = new ArrayList<>();
        Vault.io("Reading the index", () -> {
            vault.store().list(IndexWriter.PREFIX, infos::add);
            return null;
        });
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (ObjectInfo info : infos) {
                IndexSegment segment;
                try {
                    segment = IndexSegment.open(vault.store().get(info.name(), MAX_SEGMENT), vault.domainId(), keeper);
                } catch (FormatException | java.nio.file.NoSuchFileException e) {
                    // What cannot be read counts as absent: the chunks are stored again, and verify tells of it.
                    continue;
                } catch (java.io.IOException e) {
                    throw Vault.problem("Reading the index", e);
                }
                for (IndexSegment.Pack pack : segment.packs()) {
                    if (!ignore.contains(pack.name())) {
                        for (BlobEntry blob : pack.directory().blobs()) {
                            for (int i = 0; i < blob.chunks(); i++) {
                                into.putIfAbsent(blob.ids(), i * Id.SIZE, 0);
                            }
                        }
                    }
                }
            }
        }
    }
}
