package org.holdfast.engine.internal.objects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        return load(vault, prefix, ignore, Set.of(), List.of());
    }

    private static ChunkIndex load(Vault vault, String prefix, Set<Id> ignore, Set<Id> last, List<PackKind> kinds) {
        var scan = new IndexScan(vault, ignore, last);
        var filler = new Filler();
        scan.run(prefix, kinds, filler);
        filler.index.segments.addAll(scan.segments());
        filler.index.damagedSegments.addAll(scan.damagedSegments());
        return filler.index;
    }

    /** Makes an index of what it gets. */
    private static final class Filler implements IndexScan.Sink {
        private ChunkIndex index = new ChunkIndex();

        @Override
        public void restart() {
            index = new ChunkIndex();
        }

        @Override
        public void pack(IndexSegment.Pack pack, boolean described) {
            if (!described) {
                index.undescribed.put(index.packs(), pack);
            }
            index.add(pack);
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
        return load(vault, kinds.length == 1 ? IndexWriter.prefix(kinds[0]) : IndexWriter.PREFIX, ignore, last,
                List.of(kinds));
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
