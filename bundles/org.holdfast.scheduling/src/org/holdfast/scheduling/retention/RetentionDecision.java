package org.holdfast.scheduling.retention;

import java.util.List;

/**
 * What becomes of a point.
 *
 * @param point the point
 * @param reasons what keeps it, in the order of the rules; empty when it is to be removed
 */
public record RetentionDecision(RetentionPoint point, List<KeepReason> reasons) {
    /** Copies the reasons. */
    public RetentionDecision {
        reasons = List.copyOf(reasons);
    }

    /** Whether the point stays. */
    public boolean keep() {
        return !reasons.isEmpty();
    }

    /** The reasons in words. */
    public List<String> words() {
        return reasons.stream().map(KeepReason::words).toList();
    }
}
