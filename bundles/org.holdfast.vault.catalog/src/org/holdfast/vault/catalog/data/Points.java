package org.holdfast.vault.catalog.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.vault.catalog.data.Sessions.Times;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on the table of recovery points. */
public final class Points {
    private static final String OF = " where server_id = :server and name = :name";

    private Points() {
    }

    /** Reads a row of {@code data_points}, in whatever statement its columns are. */
    public static PointRow row(ResultSet r, StatementContext c) throws SQLException {
        return new PointRow(r.getObject("server_id", UUID.class), r.getString("name"),
                r.getObject("vault_id", UUID.class), Times.get(r, "made"), Times.get(r, "committed"),
                r.getLong("duration_ms"), r.getString("state"), r.getString("point_group"), r.getString("previous"),
                r.getLong("stored_bytes"), Times.find(r, "keep_until"), r.getString("job"), r.getLong("files"),
                r.getLong("bytes"), r.getLong("warnings"), r.getString("policy"), r.getLong("policy_version"),
                r.getBoolean("anomalous"), r.getString("damage"), Times.find(r, "deleted"), pin(r));
    }

    /** Reads who wants a point kept, in whatever statement its columns are; null for nobody. */
    public static @Nullable PointPin pin(ResultSet r) throws SQLException {
        Instant since = Times.find(r, "pinned");
        if (since == null) {
            return null;
        }
        String remark = r.getString("pin_remark");
        return new PointPin(since, Times.find(r, "pinned_until"), r.getString("pinned_by"),
                remark == null ? "" : remark);
    }

    /** A point by the name of its manifest. */
    public static Optional<PointRow> find(Handle handle, UUID server, String name) {
        return handle.createQuery("select * from data_points" + OF).bind("server", server).bind("name", name)
                .map(Points::row).findOne();
    }

    /** A point by its id, wherever in a vault, except those that are being removed. */
    public static Optional<PointRow> byId(Handle handle, UUID vault, String id) {
        return handle.createQuery("select * from data_points where vault_id = :vault and id = :id"
                + " and removing is null").bind("vault", vault).bind("id", id).map(Points::row).findFirst();
    }

    /** All points of a server, oldest first by the vault's clock, except those that are being removed. */
    public static List<PointRow> of(Handle handle, UUID server) {
        return handle.createQuery("select * from data_points where server_id = :server and removing is null"
                + " order by committed, name").bind("server", server).map(Points::row).list();
    }

    /** Names of points of a server whose removal has begun. */
    public static List<String> removing(Handle handle, UUID server) {
        return handle.createQuery("select name from data_points where server_id = :server and removing is not null")
                .bind("server", server).mapTo(String.class).list();
    }

    /** Adds a point unless it is there; returns whether it was added. */
    public static boolean insert(Handle handle, PointRow p) {
        return handle.createUpdate("insert into data_points (server_id, name, id, vault_id, made, committed,"
                + " duration_ms, state, point_group, previous, stored_bytes, keep_until, job, files, bytes, warnings,"
                + " policy, policy_version, anomalous) values (:server, :name, :id, :vault, :made, :committed, :ms,"
                + " :state, :group, :previous, :stored, :keep, :job, :files, :bytes, :warnings, :policy, :version,"
                + " :anomalous) on conflict do nothing").bind("server", p.server()).bind("name", p.name())
                .bind("id", p.id()).bind("vault", p.vault()).bind("made", p.made()).bind("committed", p.committed())
                .bind("ms", p.durationMillis()).bind("state", p.state()).bind("group", p.group())
                .bind("previous", p.previous()).bind("stored", p.storedBytes()).bind("keep", p.keepUntil())
                .bind("job", p.job()).bind("files", p.files()).bind("bytes", p.bytes()).bind("warnings", p.warnings())
                .bind("policy", p.policy()).bind("version", p.policyVersion()).bind("anomalous", p.anomalous())
                .execute() == 1;
    }

    /** Adds what the agent told of the backup; returns whether there is such a point. */
    public static boolean describe(Handle handle, UUID server, String name, long files, long bytes, long warnings,
            @Nullable String policy, long policyVersion) {
        return handle.createUpdate("update data_points set files = :files, bytes = :bytes, warnings = :warnings,"
                + " policy = :policy, policy_version = :version" + OF).bind("files", files).bind("bytes", bytes)
                .bind("warnings", warnings).bind("policy", policy).bind("version", policyVersion)
                .bind("server", server).bind("name", name).execute() == 1;
    }

    /** Says whether a point looks as if something went wrong with the data. */
    public static boolean setAnomalous(Handle handle, UUID server, String name, boolean anomalous) {
        return handle.createUpdate("update data_points set anomalous = :value" + OF).bind("value", anomalous)
                .bind("server", server).bind("name", name).execute() == 1;
    }

    /** Says what is wrong with a point in the store, null for nothing; returns whether that is news. */
    public static boolean setDamage(Handle handle, UUID server, String name, @Nullable String damage) {
        return handle.createUpdate("update data_points set damage = cast(:damage as varchar)" + OF
                + " and damage is distinct from cast(:damage as varchar)").bind("damage", damage)
                .bind("server", server).bind("name", name).execute() == 1;
    }

    /** Begins to remove a point unless somebody wants it kept; returns whether it did. */
    public static boolean setRemoving(Handle handle, UUID server, String name, Instant now) {
        return handle.createUpdate("update data_points set removing = :now" + OF
                + " and (pinned is null or pinned_until <= :now)").bind("now", now).bind("server", server)
                .bind("name", name).execute() == 1;
    }

    /** Says who wants a point kept, null for nobody; returns whether there is such a point that does not go. */
    public static boolean setPin(Handle handle, UUID server, String id, @Nullable PointPin pin) {
        return handle.createUpdate("update data_points set pinned = :since, pinned_until = :until, pinned_by = :by,"
                + " pin_remark = :remark where server_id = :server and id = :id and removing is null")
                .bind("since", pin == null ? null : pin.since()).bind("until", pin == null ? null : pin.until())
                .bind("by", pin == null ? null : pin.by()).bind("remark", pin == null ? null : pin.remark())
                .bind("server", server).bind("id", id).execute() == 1;
    }

    /** Forgets a point. */
    public static void delete(Handle handle, UUID server, String name) {
        handle.createUpdate("delete from data_points" + OF).bind("server", server).bind("name", name).execute();
    }
}
