package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements that tell how a vault has grown. */
public final class GrowthTable {
    private GrowthTable() {
    }

    /**
     * What the points of a day have added.
     *
     * @param date the day, UTC
     * @param points how many were committed on it and are still there
     * @param bytes what they have stored
     */
    public record Day(LocalDate date, long points, long bytes) {
    }

    /** Days since a time on which points were committed, the first one first. */
    public static List<Day> days(Handle handle, UUID vault, Instant since) {
        return handle.createQuery("""
                select cast(committed at time zone 'UTC' as date) as committed_on, count(*) as points,
                    coalesce(sum(stored_bytes), 0) as bytes
                from data_points where vault_id = :vault and committed >= :since
                group by cast(committed at time zone 'UTC' as date) order by committed_on""").bind("vault", vault)
                .bind("since", since)
                .map((row, context) -> new Day(row.getObject("committed_on", LocalDate.class), row.getLong("points"),
                        row.getLong("bytes")))
                .list();
    }
}
