package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements over restore drills of servers. */
public final class DrillTable {
    private DrillTable() {
    }

    /** All of servers that are not retired. */
    public static List<DrillRow> active(Handle handle) {
        return handle.createQuery("""
                select d.* from server_drills d join servers s on s.id = d.server_id where s.retired is null""")
                .map((row, context) -> map(row)).list();
    }

    /** Of one server. */
    public static Optional<DrillRow> byId(Handle handle, UUID server) {
        return handle.createQuery("select * from server_drills where server_id = :server").bind("server", server)
                .map((row, context) -> map(row)).findOne();
    }

    /** Writes states, and since when drills are asked for; documents stay. */
    public static void setStates(Handle handle, Collection<DrillRow> rows) {
        for (DrillRow row : rows) {
            add(handle, row.serverId(), row.state());
            handle.createUpdate("update server_drills set state = :state, since = :since where server_id = :server")
                    .bind("server", row.serverId()).bind("state", row.state())
                    .bindByType("since", row.since(), Instant.class).execute();
        }
    }

    /** Writes what a drill came to. */
    public static void setResult(Handle handle, UUID server, String state, Instant drilled, String document) {
        add(handle, server, state);
        handle.createUpdate("""
                update server_drills set state = :state, drilled = :drilled, document = :document
                where server_id = :server and (drilled is null or drilled <= :drilled)""").bind("server", server)
                .bind("state", state).bind("drilled", drilled).bind("document", document).execute();
    }

    private static void add(Handle handle, UUID server, String state) {
        handle.createUpdate("""
                insert into server_drills (server_id, state) select s.id, :state from servers s
                where s.id = :server and not exists (select 1 from server_drills d where d.server_id = s.id)""")
                .bind("server", server).bind("state", state).execute();
    }

    private static DrillRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new DrillRow(c.id("server_id"), c.text("state"), c.timeOrNull("since"), c.textOrNull("document"));
    }
}
