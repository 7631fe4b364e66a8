package org.holdfast.vault.catalog.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.catalog.data.Sessions.Times;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on the table of imports of seeds. */
public final class Seeds {
    private Seeds() {
    }

    private static SeedRow row(ResultSet r, StatementContext c) throws SQLException {
        return new SeedRow(r.getObject("id", UUID.class), r.getObject("vault_id", UUID.class),
                r.getObject("server_id", UUID.class), r.getString("seed"), r.getString("state"),
                new SeedRow.Amount(r.getLong("objects"), r.getLong("bytes")),
                new SeedRow.Amount(r.getLong("objects_total"), r.getLong("bytes_total")), r.getLong("points"),
                Times.get(r, "started"), r.getString("started_by"), Times.find(r, "ended"), r.getString("code"),
                r.getString("message"));
    }

    /** Adds one unless there is one of that id. */
    public static boolean insert(Handle handle, SeedRow row) {
        return handle.createUpdate("insert into data_seeds (id, vault_id, server_id, seed, state, objects,"
                + " objects_total, bytes, bytes_total, points, started, started_by) values (:id, :vault, :server,"
                + " :seed, :state, :objects, :objectsTotal, :bytes, :bytesTotal, :points, :started, :by)"
                + " on conflict do nothing").bind("id", row.id()).bind("vault", row.vault())
                .bind("server", row.server()).bind("seed", row.seed()).bind("state", row.state())
                .bind("objects", row.count().objects()).bind("objectsTotal", row.total().objects())
                .bind("bytes", row.count().bytes()).bind("bytesTotal", row.total().bytes())
                .bind("points", row.points()).bind("started", row.started()).bind("by", row.startedBy())
                .execute() == 1;
    }

    /** Takes down how far one is, or how it ended. */
    public static void update(Handle handle, SeedRow row) {
        handle.createUpdate("update data_seeds set state = :state, objects = :objects, objects_total = :objectsTotal,"
                + " bytes = :bytes, bytes_total = :bytesTotal, points = :points, ended = :ended, code = :code,"
                + " message = :message where id = :id").bind("id", row.id()).bind("state", row.state())
                .bind("objects", row.count().objects()).bind("objectsTotal", row.total().objects())
                .bind("bytes", row.count().bytes()).bind("bytesTotal", row.total().bytes())
                .bind("points", row.points()).bind("ended", row.ended()).bind("code", row.code())
                .bind("message", row.message()).execute();
    }

    /** One of a server. */
    public static Optional<SeedRow> find(Handle handle, UUID server, UUID id) {
        return handle.createQuery("select * from data_seeds where server_id = :server and id = :id")
                .bind("server", server).bind("id", id).map(Seeds::row).findOne();
    }

    /** Those of a server, newest first. */
    public static List<SeedRow> of(Handle handle, UUID server) {
        return handle.createQuery("select * from data_seeds where server_id = :server order by started desc, id")
                .bind("server", server).map(Seeds::row).list();
    }

    /** Those in a state, oldest first. */
    public static List<SeedRow> in(Handle handle, String state) {
        return handle.createQuery("select * from data_seeds where state = :state order by started, id")
                .bind("state", state).map(Seeds::row).list();
    }
}
