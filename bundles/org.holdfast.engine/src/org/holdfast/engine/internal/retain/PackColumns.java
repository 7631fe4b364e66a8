package org.holdfast.engine.internal.retain;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.format.BlobEntry;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackKind;

/** What a collection has to know of every pack, in columns: about 60 bytes each, and one bit for each blob. */
final class PackColumns {
    private static final int BLOCK_BITS = 10;

    private final List<byte[]> names = new ArrayList<>();
    private int packs;
    private int blobs;
    private int dataFrom = Integer.MAX_VALUE;
    /** Two numbers a pack: its size, and the bytes of its blobs. */
    private final List<long[]> sizes = new ArrayList<>();
    private final List<int[]> firstBlobs = new ArrayList<>();

    /** Forgets the packs from a number on. */
    void truncate(int count) {
        blobs = count == packs ? blobs : firstBlob(count);
        packs = count;
    }

    /** All packs from here on are of data. */
    void dataFollows() {
        dataFrom = packs;
    }

    /** Adds a pack and gives its number. */
    int add(IndexSegment.Pack pack) {
        long sum = 0;
        for (BlobEntry blob : pack.directory().blobs()) {
            sum += blob.storedLength();
        }
        return add(pack.name(), pack.bytes(), sum, pack.directory().blobs().size());
    }

    /** Adds a pack and gives its number. */
    int add(Id name, long size, long stored, int count) {
        if (packs >> BLOCK_BITS == names.size()) {
            // In blocks: to grow, nothing has to be there twice.
            names.add(new byte[Id.SIZE << BLOCK_BITS]);
            sizes.add(new long[2 << BLOCK_BITS]);
            firstBlobs.add(new int[1 << BLOCK_BITS]);
        }
        int block = packs >> BLOCK_BITS;
        int at = at(packs);
        System.arraycopy(name.bytes(), 0, names.get(block), at * Id.SIZE, Id.SIZE);
        sizes.get(block)[2 * at] = size;
        sizes.get(block)[2 * at + 1] = stored;
        firstBlobs.get(block)[at] = blobs;
        blobs = Math.addExact(blobs, count);
        return packs++;
    }

    private static int at(int pack) {
        return pack & (1 << BLOCK_BITS) - 1;
    }

    /** Number of packs. */
    int packs() {
        return packs;
    }

    /** Number of blobs. */
    int blobs() {
        return blobs;
    }

    /** Number of blobs of a pack. */
    int blobs(int pack) {
        return (pack + 1 < packs ? firstBlob(pack + 1) : blobs) - firstBlob(pack);
    }

    /** Name of a pack. */
    Id name(int pack) {
        return Id.at(names.get(pack >> BLOCK_BITS), at(pack) * Id.SIZE);
    }

    /** Kind of a pack. */
    PackKind kind(int pack) {
        return pack < dataFrom ? PackKind.META : PackKind.DATA;
    }

    /** Size of a pack. */
    long bytes(int pack) {
        return sizes.get(pack >> BLOCK_BITS)[2 * at(pack)];
    }

    /** Bytes of its blobs. */
    long payload(int pack) {
        return sizes.get(pack >> BLOCK_BITS)[2 * at(pack) + 1];
    }

    /** Number of its first blob; the others follow in the order of the pack. */
    int firstBlob(int pack) {
        return firstBlobs.get(pack >> BLOCK_BITS)[at(pack)];
    }

    /** Pack of a blob. */
    int packOf(int blob) {
        // The last one that begins at the blob or before it; packs without blobs begin where the next one does.
        int low = 0;
        int high = packs - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (firstBlob(middle) <= blob) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
