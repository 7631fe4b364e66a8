package org.holdfast.api.vault;

import java.util.List;

/**
 * What retention did (or, dry, would do).
 *
 * @param kept points kept, each with the rules that keep it
 * @param removed points removed
 * @param packsRemoved packs deleted
 * @param packsCompacted packs rewritten because much of them was garbage
 * @param bytesFreed bytes freed
 * @param packsPending packs that are garbage but wait for a running backup to end
 */
public record RetainResult(List<Kept> kept, List<PointSummary> removed, long packsRemoved, long packsCompacted,
        long bytesFreed, long packsPending) {
    /**
     * A point that stays.
     *
     * @param point the point
     * @param reasons rules in words, for example {@code daily 2026-11-21}
     */
    public record Kept(PointSummary point, List<String> reasons) {
    }
}
