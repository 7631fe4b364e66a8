package org.holdfast.protocol.agent;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A backup on demand.
 *
 * @param items absolute paths, or empty for what the policy protects
 * @param keepUntil keep the point until then whatever the policy says, or null
 */
public record BackupOrder(List<String> items, @Nullable Instant keepUntil) {
    /** Copies; a missing list is empty. */
    public BackupOrder {
        items = items == null ? List.of() : List.copyOf(items);
    }
}
