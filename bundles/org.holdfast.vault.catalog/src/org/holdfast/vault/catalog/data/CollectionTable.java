package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.holdfast.vault.catalog.data.Sessions.Times;
import org.jdbi.v3.core.Handle;

/** Statements on the table about what collection did for each server. */
public final class CollectionTable {
    private CollectionTable() {
    }

    /**
     * What the last one did.
     *
     * @param server whose
     * @param ran when
     * @param deleted points whose time was over
     * @param purged points that have gone for good
     * @param packsRemoved packs that have gone
     * @param packsCompacted packs of which what is needed was moved
     * @param packsPending packs that wait for backups to end
     * @param bytesFreed bytes fewer than before
     * @param freedTotal bytes freed by all of them
     * @param since when the first one was
     */
    public record CollectionRow(UUID server, Instant ran, long deleted, long purged, long packsRemoved,
            long packsCompacted, long packsPending, long bytesFreed, long freedTotal, Instant since) {
    }

    /** Takes one down; the sum goes on, whatever the row says of it. */
    public static void ran(Handle handle, CollectionRow row) {
        handle.createUpdate("insert into data_collections (server_id, ran, deleted, purged, packs_removed,"
                + " packs_compacted, packs_pending, bytes_freed, freed_total, since)"
                + " values (:id, :ran, 0, 0, 0, 0, 0, 0, 0, :ran) on conflict do nothing").bind("id", row.server())
                .bind("ran", row.ran()).execute();
        handle.createUpdate("update data_collections set ran = :ran, deleted = :deleted, purged = :purged,"
                + " packs_removed = :removed, packs_compacted = :compacted, packs_pending = :pending,"
                + " bytes_freed = :freed, freed_total = freed_total + :freed where server_id = :id")
                .bind("id", row.server()).bind("ran", row.ran()).bind("deleted", row.deleted())
                .bind("purged", row.purged()).bind("removed", row.packsRemoved())
                .bind("compacted", row.packsCompacted()).bind("pending", row.packsPending())
                .bind("freed", row.bytesFreed()).execute();
    }

    /** Of the servers of a vault, the last one first. */
    public static List<CollectionRow> of(Handle handle, UUID vault) {
        return handle.createQuery("select c.* from data_collections c join data_servers d"
                + " on d.server_id = c.server_id where d.vault_id = :vault order by c.ran desc, c.server_id")
                .bind("vault", vault)
                .map((r, c) -> new CollectionRow(r.getObject("server_id", UUID.class), Times.get(r, "ran"),
                        r.getLong("deleted"), r.getLong("purged"), r.getLong("packs_removed"),
                        r.getLong("packs_compacted"), r.getLong("packs_pending"), r.getLong("bytes_freed"),
                        r.getLong("freed_total"), Times.get(r, "since")))
                .list();
    }
}
