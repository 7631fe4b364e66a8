package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.data.Sessions.Times;
import org.jdbi.v3.core.Handle;

/** Statements on the one row about the vault's clock. */
public final class ClockTable {
    private ClockTable() {
    }

    /**
     * What is known of the clock.
     *
     * @param seen the latest time that was seen
     * @param unexplainedMillis how much of it nobody has seen go by
     * @param frozen since when deletion rests, or null
     * @param reason why, or null
     */
    public record ClockRow(Instant seen, long unexplainedMillis, @Nullable Instant frozen, @Nullable String reason) {
    }

    /** What is known; empty before the first look. */
    public static Optional<ClockRow> find(Handle handle) {
        return handle.createQuery("select * from vault_clock where id = 1").map((r, c) -> new ClockRow(
                Times.get(r, "seen"), r.getLong("unexplained_ms"), Times.find(r, "frozen"), r.getString("reason")))
                .findOne();
    }

    /** Takes down what is known; one caller after another. */
    public static void save(Handle handle, ClockRow row) {
        int changed = handle.createUpdate("update vault_clock set seen = :seen, unexplained_ms = :ms,"
                + " frozen = :frozen, reason = :reason where id = 1").bind("seen", row.seen())
                .bind("ms", row.unexplainedMillis()).bind("frozen", row.frozen()).bind("reason", row.reason())
                .execute();
        if (changed == 0) {
            handle.createUpdate("insert into vault_clock (id, seen, unexplained_ms, frozen, reason)"
                    + " values (1, :seen, :ms, :frozen, :reason) on conflict do nothing").bind("seen", row.seen())
                    .bind("ms", row.unexplainedMillis()).bind("frozen", row.frozen()).bind("reason", row.reason())
                    .execute();
        }
    }
}
