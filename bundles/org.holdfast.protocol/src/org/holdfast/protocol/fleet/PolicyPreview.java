package org.holdfast.protocol.fleet;

import java.time.Instant;
import java.util.List;

/**
 * What a policy would do.
 *
 * @param runs start of the next runs without jitter
 * @param kept points that are left at the end of the simulated days, the newest first
 * @param removed points that are made and removed again within the simulated days, the newest first; servers before
 *        0.1.0 leave them out
 */
public record PolicyPreview(List<Instant> runs, List<Kept> kept, List<Removed> removed) {
    /** Copies; a missing list is empty. */
    public PolicyPreview {
        runs = runs == null ? List.of() : List.copyOf(runs);
        kept = kept == null ? List.of() : List.copyOf(kept);
        removed = removed == null ? List.of() : List.copyOf(removed);
    }

    /**
     * A point that is left.
     *
     * @param time when it was made
     * @param reasons rules that keep it, such as {@code daily}
     */
    public record Kept(Instant time, List<String> reasons) {
    }

    /**
     * A point that is removed again.
     *
     * @param time when it is made
     * @param until when retention removes it
     * @param reasons rules that kept it last, such as {@code weekly}
     */
    public record Removed(Instant time, Instant until, List<String> reasons) {
    }
}
