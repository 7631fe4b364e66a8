package org.holdfast.api.vault;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A search.
 *
 * @param pattern glob; without a slash it is matched against names at any depth, with one against the whole path;
 *        matching ignores case when the pattern has no capital letter
 * @param pointIds points to search, empty for all
 * @param minSize smallest size in bytes, or -1
 * @param maxSize largest size in bytes, or -1
 * @param modifiedAfter earliest modification, or null
 * @param modifiedBefore latest modification, or null
 */
public record FindRequest(String pattern, List<String> pointIds, long minSize, long maxSize,
        @Nullable Instant modifiedAfter, @Nullable Instant modifiedBefore) {
    /** Searches all points for a pattern. */
    public static FindRequest of(String pattern) {
        return new FindRequest(pattern, List.of(), -1, -1, null, null);
    }
}
