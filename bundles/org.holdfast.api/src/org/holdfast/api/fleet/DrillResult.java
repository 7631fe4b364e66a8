package org.holdfast.api.fleet;

import java.util.Map;

/**
 * What a restore drill found. Covered is what some drill of this server restored and found right, and what has not
 * changed since (path, size, time of modification); so coverage grows from drill to drill and falls as files change.
 *
 * @param seed chooses the sample; the same seed chooses the same files of the same point
 * @param compared files and links that were restored and compared
 * @param againstSource how many of these were also compared with the source, which had not changed since the backup
 * @param mismatches files that did not come back as they were stored
 * @param reasons their number by reason: {@code not-restored}, {@code content-differs}, {@code metadata-differs},
 *        {@code source-differs}, {@code unreadable} (of the point itself)
 * @param coveredFiles covered files of the point
 * @param coveredBytes their size
 * @param pointFiles files and links that the point has
 * @param pointBytes their size
 */
public record DrillResult(long seed, long compared, long againstSource, long mismatches, Map<String, Long> reasons,
        long coveredFiles, long coveredBytes, long pointFiles, long pointBytes) {
    /** Copies; a missing map is empty. */
    public DrillResult {
        reasons = reasons == null ? Map.of() : Map.copyOf(reasons);
    }

    /** Share of the point's files that are covered, 0 to 1. */
    public double coverage() {
        return pointFiles <= 0 ? 0 : Math.clamp((double) coveredFiles / pointFiles, 0, 1);
    }
}
