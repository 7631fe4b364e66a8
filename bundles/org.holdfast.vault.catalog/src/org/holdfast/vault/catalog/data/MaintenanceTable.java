package org.holdfast.vault.catalog.data;

import java.util.Optional;

import org.jdbi.v3.core.Handle;

/** Statements on the one row about what the vault does when there is time. */
public final class MaintenanceTable {
    private MaintenanceTable() {
    }

    /**
     * What is set, and what was done.
     *
     * @param document the plan as JSON
     * @param day the day that the sums are of, ISO
     * @param collected bytes read that day to move what is needed of packs
     * @param scrubbed bytes of packs read again that day
     */
    public record MaintenanceRow(String document, String day, long collected, long scrubbed) {
    }

    /** The row, when there is one, locked until the transaction ends if it writes. */
    public static Optional<MaintenanceRow> find(Handle handle, boolean lock) {
        return handle.createQuery("select * from data_maintenance where id = 1" + (lock ? " for update" : ""))
                .map((r, c) -> new MaintenanceRow(r.getString("document"), r.getString("sum_day"),
                        r.getLong("collected"), r.getLong("scrubbed")))
                .findOne();
    }

    /** Writes the row. */
    public static void save(Handle handle, MaintenanceRow row) {
        int changed = handle.createUpdate("update data_maintenance set document = :document, sum_day = :day,"
                + " collected = :collected, scrubbed = :scrubbed where id = 1").bind("document", row.document())
                .bind("day", row.day()).bind("collected", row.collected()).bind("scrubbed", row.scrubbed())
                .execute();
        if (changed == 0) {
            handle.createUpdate("insert into data_maintenance (id, document, sum_day, collected, scrubbed)"
                    + " values (1, :document, :day, :collected, :scrubbed) on conflict do nothing")
                    .bind("document", row.document()).bind("day", row.day()).bind("collected", row.collected())
                    .bind("scrubbed", row.scrubbed()).execute();
        }
    }
}
