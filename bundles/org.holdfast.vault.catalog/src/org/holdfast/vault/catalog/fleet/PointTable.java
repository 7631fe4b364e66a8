package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.data.Points;
import org.jdbi.v3.core.Handle;

/** Recovery points as people list them. */
public final class PointTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("p.*, v.name as vault_name, s.name as server_name",
            "data_points p join servers s on s.id = p.server_id join vaults v on v.id = p.vault_id")
            .column("id", "p.id", Type.TEXT).column("name", "p.name", Type.TEXT)
            .column("serverId", "p.server_id", Type.ID).column("server", "s.name", Type.TEXT)
            .column("time", "p.made", Type.TIME).column("committed", "p.committed", Type.TIME)
            .column("state", "p.state", Type.TEXT).column("files", "p.files", Type.NUMBER)
            .column("bytes", "p.bytes", Type.NUMBER).column("storedBytes", "p.stored_bytes", Type.NUMBER)
            .column("warnings", "p.warnings", Type.NUMBER).nullable("keepUntil", "p.keep_until", Type.TIME)
            .nullable("job", "p.job", Type.TEXT).nullable("policy", "p.policy", Type.TEXT)
            .nullable("deleted", "p.deleted", Type.TIME).nullable("pinned", "p.pinned", Type.TIME)
            .nullable("deletedBy", "p.deleted_by", Type.TEXT).nullable("purged", "p.purge_after", Type.TIME)
            .key("name")
            .order("-committed").build();

    private PointTable() {
    }

    /** A page of a vault's points. */
    public static Page<PointListRow> list(Handle handle, UUID vault, ListRequest request) {
        return LISTING.page(handle, "p.vault_id = :vault", Map.of("vault", vault), request,
                (row, context) -> map(row));
    }

    /** A page of a server's points. */
    public static Page<PointListRow> list(Handle handle, UUID vault, UUID server, ListRequest request) {
        return LISTING.page(handle, "p.vault_id = :vault and p.server_id = :server",
                Map.of("vault", vault, "server", server), request, (row, context) -> map(row));
    }

    /** A page of a vault's deleted points that can be brought back. */
    public static Page<DeletedRow> deleted(Handle handle, UUID vault, ListRequest request) {
        return LISTING.page(handle, "p.vault_id = :vault and p.deleted is not null and p.removing is null",
                Map.of("vault", vault), request, (row, context) -> {
                    var c = new Columns(row);
                    return new DeletedRow(c.text("id"), c.id("server_id"), c.text("server_name"), c.time("made"),
                            c.number("stored_bytes"), c.time("deleted"), c.text("deleted_by"),
                            c.time("purge_after"));
                });
    }

    /**
     * A deleted point.
     *
     * @param id its id
     * @param serverId whose
     * @param server its name
     * @param made by the server's clock
     * @param storedBytes what it added
     * @param deleted when
     * @param by who deleted it
     * @param purged until when it can be brought back
     */
    public record DeletedRow(String id, UUID serverId, String server, Instant made, long storedBytes, Instant deleted,
            String by, Instant purged) {
    }

    /**
     * Deleted points of a vault together.
     *
     * @param points how many
     * @param byPeople how many of them retention has not deleted
     * @param bytes what they added
     * @param first when the first goes for good, or null
     */
    public record DeletedSum(long points, long byPeople, long bytes, @Nullable Instant first) {
    }

    /** Sums up the deleted points of a vault that can be brought back. */
    public static DeletedSum sum(Handle handle, UUID vault, String retention) {
        return handle.createQuery("select count(*) as points, coalesce(sum(case when deleted_by <> :retention then 1"
                + " else 0 end), 0) as people, coalesce(sum(stored_bytes), 0) as bytes, min(purge_after) as first_purge"
                + " from data_points where vault_id = :vault and deleted is not null and removing is null")
                .bind("vault", vault).bind("retention", retention)
                .map((row, context) -> new DeletedSum(row.getLong("points"), row.getLong("people"),
                        row.getLong("bytes"), new Columns(row).timeOrNull("first_purge")))
                .one();
    }

    /** A point by its id. */
    public static Optional<PointListRow> find(Handle handle, UUID vault, String id) {
        return handle.createQuery("select " + LISTING.select() + " from " + LISTING.from()
                + " where p.vault_id = :vault and p.id = :id").bind("vault", vault).bind("id", id)
                .map((row, context) -> map(row)).findFirst();
    }

    /** A point by server and name. */
    public static Optional<PointListRow> byName(Handle handle, UUID server, String name) {
        return handle.createQuery("select " + LISTING.select() + " from " + LISTING.from()
                + " where p.server_id = :server and p.name = :name").bind("server", server).bind("name", name)
                .map((row, context) -> map(row)).findOne();
    }

    /** Adds what the end of a job tells of its point. */
    public static boolean describe(Handle handle, PointDescription told) {
        return handle.createUpdate("""
                update data_points set files = :files, bytes = :bytes, warnings = :warnings, policy = :policy,
                    policy_version = :policyVersion where server_id = :server and id = :id""").bindMethods(told)
                .execute() > 0;
    }

    /** Marks a point whose data looks as if something happened to it. */
    public static void setAnomalous(Handle handle, UUID server, String id, boolean anomalous) {
        handle.createUpdate("update data_points set anomalous = :anomalous where server_id = :server and id = :id")
                .bind("anomalous", anomalous).bind("server", server).bind("id", id).execute();
    }

    private static PointListRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new PointListRow(c.text("id"), c.text("vault_name"), c.id("server_id"), c.text("server_name"),
                c.time("made"), c.time("committed"), c.text("state"), c.number("files"), c.number("bytes"),
                c.number("stored_bytes"), c.number("warnings"), c.timeOrNull("keep_until"), c.textOrNull("job"),
                c.textOrNull("policy"), c.number("policy_version"), row.getBoolean("anomalous"),
                c.textOrNull("damage"), c.timeOrNull("deleted"), Points.pin(row));
    }
}
