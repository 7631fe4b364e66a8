package org.holdfast.protocol.fleet;

import java.time.Instant;
import java.util.List;

/**
 * What a policy would do.
 *
 * @param runs start of the next runs without jitter
 * @param kept points that are left at the end of the simulated days, the newest first
 */
public record PolicyPreview(List<Instant> runs, List<Kept> kept) {
    /**
     * A point that is left.
     *
     * @param time when it was made
     * @param reasons rules that keep it, such as {@code daily}
     */
    public record Kept(Instant time, List<String> reasons) {
    }
}
