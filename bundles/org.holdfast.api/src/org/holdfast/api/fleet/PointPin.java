package org.holdfast.api.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * That somebody wants a recovery point kept whatever the policy says.
 *
 * @param since when it was pinned, vault time
 * @param until it is kept until then, vault time, or null for ever
 * @param by name of the account
 * @param remark why, may be empty
 */
public record PointPin(Instant since, @Nullable Instant until, String by, String remark) {
    /** Whether it still keeps the point. */
    public boolean holds(Instant now) {
        Instant end = until;
        return end == null || end.isAfter(now);
    }
}
