package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements over commands that agents have not acknowledged. */
public final class CommandTable {
    private CommandTable() {
    }

    /** Adds a command. */
    public static void insert(Handle handle, CommandRow row) {
        handle.createUpdate("""
                insert into commands (id, server_id, seq, kind, job_id, body, created, expires)
                values (:id, :serverId, :seq, :kind, :jobId, :body, :created, :expires)""").bindMethods(row).execute();
    }

    /** Forgets commands that are done with. */
    public static void delete(Handle handle, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("delete from commands where id = :id")) {
            ids.forEach(id -> batch.bind("id", id).add());
            batch.execute();
        }
    }

    /** Forgets all commands of a server. */
    public static void deleteOf(Handle handle, UUID server) {
        handle.createUpdate("delete from commands where server_id = :server").bind("server", server).execute();
    }

    /** All commands, each server's in their order. */
    public static List<CommandRow> all(Handle handle) {
        return handle.createQuery("select * from commands order by server_id, seq")
                .map((row, context) -> map(row)).list();
    }

    /** The commands of a server in their order. */
    public static List<CommandRow> of(Handle handle, UUID server) {
        return handle.createQuery("select * from commands where server_id = :server order by seq")
                .bind("server", server).map((row, context) -> map(row)).list();
    }

    private static CommandRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new CommandRow(c.id("id"), c.id("server_id"), c.number("seq"), c.text("kind"),
                c.idOrNull("job_id"), c.text("body"), c.time("created"), c.time("expires"));
    }
}
