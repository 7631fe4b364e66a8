package org.holdfast.engine.internal.retain;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.engine.internal.objects.PackWriter;
import org.holdfast.format.PackKind;

/**
 * What is to be done about each pack.
 *
 * @param dead packs nothing needs
 * @param compact packs to be rewritten
 */
record PackUse(List<Integer> dead, List<Integer> compact) {
    /** A pack is rewritten when less than this part of it is needed. */
    private static final double MIN_USE = 0.7;
    /** Packs below this size, which is that of no full pack, are joined when there are several of them. */
    private static final long SMALL = PackWriter.MAX_DIRECTORY_BYTES;
    private static final int MIN_SMALL = 8;

    static PackUse of(LivePacks live) {
        PackColumns packs = live.packs();
        List<Integer> dead = new ArrayList<>();
        List<Integer> compact = new ArrayList<>();
        for (PackKind kind : PackKind.values()) {
            List<Integer> small = new ArrayList<>();
            for (int pack = 0; pack < packs.packs(); pack++) {
                if (packs.kind(pack) != kind) {
                    continue;
                }
                if (live.liveBytes(pack) == 0) {
                    dead.add(pack);
                } else if (live.liveBytes(pack) < packs.payload(pack) * MIN_USE) {
                    // Of its blobs, not of the pack: directories with many references are a large part of small
                    // metadata packs.
                    compact.add(pack);
                } else if (packs.bytes(pack) < SMALL) {
                    small.add(pack);
                }
            }
            if (small.size() >= MIN_SMALL) {
                compact.addAll(small);
            }
        }
        return new PackUse(dead, compact);
    }
}
