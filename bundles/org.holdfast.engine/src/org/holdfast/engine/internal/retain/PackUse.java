package org.holdfast.engine.internal.retain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.PackWriter;
import org.holdfast.format.PackKind;

/**
 * How much of each pack is needed, and what is to be done about it.
 *
 * @param dead packs nothing needs
 * @param compact packs to be rewritten
 * @param liveBytes bytes of needed blobs by pack
 */
record PackUse(List<Integer> dead, List<Integer> compact, long[] liveBytes) {
    /** A pack is rewritten when less than this part of it is needed. */
    private static final double MIN_USE = 0.7;
    /** Packs below this size, which is that of no full pack, are joined when there are several of them. */
    private static final long SMALL = PackWriter.MAX_DIRECTORY_BYTES;
    private static final int MIN_SMALL = 8;

    static PackUse of(ChunkIndex index, BitSet liveBlobs) {
        var live = new long[index.packs()];
        for (int blob = liveBlobs.nextSetBit(0); blob >= 0; blob = liveBlobs.nextSetBit(blob + 1)) {
            live[index.packOf(blob)] += index.blobStored(blob);
        }
        // Of its blobs, not of the pack: directories with many references are a large part of small metadata packs.
        var payload = new long[index.packs()];
        for (int blob = 0; blob < index.blobs(); blob++) {
            payload[index.packOf(blob)] += index.blobStored(blob);
        }
        List<Integer> dead = new ArrayList<>();
        List<Integer> compact = new ArrayList<>();
        for (PackKind kind : PackKind.values()) {
            List<Integer> small = new ArrayList<>();
            for (int pack = 0; pack < index.packs(); pack++) {
                if (index.packKind(pack) != kind) {
                    continue;
                }
                if (live[pack] == 0) {
                    dead.add(pack);
                } else if (live[pack] < payload[pack] * MIN_USE) {
                    compact.add(pack);
                } else if (index.packBytes(pack) < SMALL) {
                    small.add(pack);
                }
            }
            if (small.size() >= MIN_SMALL) {
                compact.addAll(small);
            }
        }
        return new PackUse(dead, compact, live);
    }
}
