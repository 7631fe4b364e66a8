package org.holdfast.protocol.fleet;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What will become of a recovery point, when every backup that is planned succeeds.
 *
 * @param point its id
 * @param committed when the vault took it
 * @param storedBytes bytes it added to the vault; about so many are free again when it has gone
 * @param keptBy the rules that keep it today, in words; empty for deleted points
 * @param expires when its time will be over, or null when that is further away than five years, or never
 * @param deleted when it was deleted, or null
 * @param deletedBy who deleted it, {@code retention} when its time was over, or null
 * @param purged until when it can be brought back, or null when it is not deleted
 */
public record PointForecast(String point, Instant committed, long storedBytes, List<String> keptBy,
        @Nullable Instant expires, @Nullable Instant deleted, @Nullable String deletedBy, @Nullable Instant purged) {
    /** Copies. */
    public PointForecast {
        keptBy = keptBy == null ? List.of() : List.copyOf(keptBy);
    }
}
