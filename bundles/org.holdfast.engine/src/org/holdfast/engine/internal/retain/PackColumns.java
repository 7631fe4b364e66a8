package org.holdfast.engine.internal.retain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.holdfast.format.BlobEntry;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackKind;

/** What a collection has to know of every pack, in columns: about 70 bytes each, and one bit for each blob. */
final class PackColumns {
    private static final int BLOCK_BITS = 10;

    private final List<byte[]> names = new ArrayList<>();
    private int packs;
    private int blobs;
    private int dataFrom = Integer.MAX_VALUE;
    private int[] firstBlob = new int[64];
    private long[] bytes = new long[64];
    private long[] payload = new long[64];

    /** Forgets the packs from a number on. */
    void truncate(int count) {
        blobs = count == packs ? blobs : firstBlob[count];
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
        if (packs == firstBlob.length) {
            int more = packs + packs / 2;
            firstBlob = Arrays.copyOf(firstBlob, more);
            bytes = Arrays.copyOf(bytes, more);
            payload = Arrays.copyOf(payload, more);
        }
        if (packs >> BLOCK_BITS == names.size()) {
            names.add(new byte[Id.SIZE << BLOCK_BITS]);
        }
        System.arraycopy(name.bytes(), 0, names.get(packs >> BLOCK_BITS), at(packs), Id.SIZE);
        firstBlob[packs] = blobs;
        bytes[packs] = size;
        payload[packs] = stored;
        blobs = Math.addExact(blobs, count);
        return packs++;
    }

    private static int at(int pack) {
        return (pack & (1 << BLOCK_BITS) - 1) * Id.SIZE;
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
        return (pack + 1 < packs ? firstBlob[pack + 1] : blobs) - firstBlob[pack];
    }

    /** Name of a pack. */
    Id name(int pack) {
        return Id.at(names.get(pack >> BLOCK_BITS), at(pack));
    }

    /** Kind of a pack. */
    PackKind kind(int pack) {
        return pack < dataFrom ? PackKind.META : PackKind.DATA;
    }

    /** Size of a pack. */
    long bytes(int pack) {
        return bytes[pack];
    }

    /** Bytes of its blobs. */
    long payload(int pack) {
        return payload[pack];
    }

    /** Number of its first blob; the others follow in the order of the pack. */
    int firstBlob(int pack) {
        return firstBlob[pack];
    }

    /** Pack of a blob. */
    int packOf(int blob) {
        int found = Arrays.binarySearch(firstBlob, 0, packs, blob);
        // A pack without blobs begins where the next one does: the last of them has the blob.
        int pack = found >= 0 ? found : -found - 2;
        while (pack + 1 < packs && firstBlob[pack + 1] == blob) {
            pack++;
        }
        return pack;
    }
}
