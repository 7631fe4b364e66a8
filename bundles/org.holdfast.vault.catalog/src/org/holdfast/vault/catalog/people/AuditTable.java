package org.holdfast.vault.catalog.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements over the audit. */
public final class AuditTable {

    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("a.*", "audit a").column("seq", "a.seq", Type.NUMBER)
            .column("at", "a.at", Type.TIME).column("actor", "a.actor", Type.TEXT)
            .column("origin", "a.origin", Type.TEXT).column("action", "a.action", Type.TEXT)
            .column("target", "a.target", Type.TEXT).column("vault", "a.vault", Type.TEXT)
            .column("result", "a.result", Type.TEXT).key("seq").order("-seq").build();

    private AuditTable() {
    }

    /**
     * The end of the chain.
     *
     * @param seq number of the last entry, 0 when there is none
     * @param hash of the last entry
     */
    public record Head(long seq, String hash) {
    }

    /** The end of the chain, where nobody else adds until the transaction ends. */
    public static Head lockHead(Handle handle) {
        return handle.createQuery("select seq, hash from audit_head where id = 1 for update")
                .map((row, context) -> new Head(row.getLong("seq"), row.getString("hash"))).one();
    }

    /** The end of the chain. */
    public static Head head(Handle handle) {
        return handle.createQuery("select seq, hash from audit_head where id = 1")
                .map((row, context) -> new Head(row.getLong("seq"), row.getString("hash"))).one();
    }

    /** Adds an entry, which becomes the end of the chain. */
    public static void append(Handle handle, AuditRow row) {
        handle.createUpdate("""
                insert into audit (seq, at, actor, origin, action, target, vault, result, details, hash)
                values (:seq, :at, :actor, :origin, :action, :target, :vault, :result, :details, :hash)""")
                .bindMethods(row).execute();
        handle.createUpdate("update audit_head set seq = :seq, hash = :hash where id = 1").bindMethods(row).execute();
    }

    /** Entries after a number, in order. */
    public static List<AuditRow> after(Handle handle, long seq, int limit) {
        return handle.createQuery("select * from audit where seq > :seq order by seq limit :limit").bind("seq", seq)
                .bind("limit", limit).map((row, context) -> map(row)).list();
    }

    /** A page of entries. */
    public static Page<AuditRow> list(Handle handle, ListRequest request) {
        return LISTING.page(handle, "", Map.of(), request, (row, context) -> map(row));
    }

    private static AuditRow map(ResultSet row) throws SQLException {
        return new AuditRow(row.getLong("seq"), Columns.time(row, "at"), row.getString("actor"),
                row.getString("origin"), row.getString("action"), row.getString("target"), row.getString("vault"),
                row.getString("result"), row.getString("details"), row.getString("hash"));
    }
}
