package org.holdfast.vault.catalog.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.catalog.data.Sessions.Times;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on the table of grants. */
public final class Grants {
    private Grants() {
    }

    private static GrantRow row(ResultSet r, StatementContext c) throws SQLException {
        return new GrantRow(r.getObject("id", UUID.class), r.getObject("vault_id", UUID.class),
                r.getObject("source_id", UUID.class), r.getObject("reader_id", UUID.class), Times.get(r, "expires"),
                Times.get(r, "created"), r.getString("created_by"));
    }

    /** Adds a grant unless there is one of that id. */
    public static boolean insert(Handle handle, GrantRow row) {
        return handle.createUpdate("insert into data_grants (id, vault_id, source_id, reader_id, expires, created,"
                + " created_by) values (:id, :vault, :source, :reader, :expires, :created, :by) on conflict do nothing")
                .bind("id", row.id()).bind("vault", row.vault()).bind("source", row.source())
                .bind("reader", row.reader()).bind("expires", row.expires()).bind("created", row.created())
                .bind("by", row.createdBy()).execute() == 1;
    }

    /** A grant of a vault. */
    public static Optional<GrantRow> find(Handle handle, UUID vault, UUID id) {
        return handle.createQuery("select * from data_grants where vault_id = :vault and id = :id")
                .bind("vault", vault).bind("id", id).map(Grants::row).findOne();
    }

    /** Grants of a vault that have not expired, newest first. */
    public static List<GrantRow> of(Handle handle, UUID vault, Instant now) {
        return handle.createQuery("select * from data_grants where vault_id = :vault and expires > :now"
                + " order by created desc, id").bind("vault", vault).bind("now", now).map(Grants::row).list();
    }

    /** Whether a server may read the objects of another one now. */
    public static boolean allows(Handle handle, UUID vault, UUID reader, UUID source, Instant now) {
        return handle.createQuery("select count(*) from data_grants where vault_id = :vault and reader_id = :reader"
                + " and source_id = :source and expires > :now").bind("vault", vault).bind("reader", reader)
                .bind("source", source).bind("now", now).mapTo(Long.class).one() > 0;
    }

    /** Takes a grant back; false when there is none. */
    public static boolean delete(Handle handle, UUID vault, UUID id) {
        return handle.createUpdate("delete from data_grants where vault_id = :vault and id = :id")
                .bind("vault", vault).bind("id", id).execute() == 1;
    }
}
