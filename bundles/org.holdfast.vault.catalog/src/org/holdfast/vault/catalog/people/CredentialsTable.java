package org.holdfast.vault.catalog.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements over vault credentials. */
public final class CredentialsTable {

    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("c.*", "credentials c").column("id", "c.id", Type.ID)
            .column("created", "c.created", Type.TIME).column("createdBy", "c.created_by", Type.TEXT)
            .column("expires", "c.expires", Type.TIME).nullable("revoked", "c.revoked", Type.TIME)
            .nullable("policy", "c.policy", Type.TEXT).column("tags", "c.tags", Type.TEXT)
            .column("uses", "c.uses_total", Type.NUMBER).column("usesLeft", "c.uses_left", Type.NUMBER).key("id")
            .order("-created").build();

    private CredentialsTable() {
    }

    /** Adds one. */
    public static void insert(Handle handle, CredentialsRow row) {
        handle.createUpdate("""
                insert into credentials (id, vault_id, token_hash, fingerprint, policy, tags, uses_total, uses_left,
                    created, created_by, expires, revoked)
                values (:id, :vaultId, :tokenHash, :fingerprint, :policy, :words, :usesTotal, :usesLeft, :created,
                    :createdBy, :expires, :revoked)""").bindMethods(row).bind("words", String.join(",", row.tags()))
                .execute();
    }

    /** One of them, which nobody else changes until the transaction ends. */
    public static Optional<CredentialsRow> lock(Handle handle, UUID id) {
        return handle.createQuery("select * from credentials where id = :id for update").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** One of them. */
    public static Optional<CredentialsRow> byId(Handle handle, UUID id) {
        return handle.createQuery("select * from credentials where id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** Takes one use when there is one left. */
    public static boolean take(Handle handle, UUID id) {
        return handle.createUpdate("update credentials set uses_left = uses_left - 1 where id = :id and uses_left > 0")
                .bind("id", id).execute() == 1;
    }

    /** Gives one use back. */
    public static void giveBack(Handle handle, UUID id) {
        handle.createUpdate("""
                update credentials set uses_left = uses_left + 1 where id = :id and uses_left < uses_total""")
                .bind("id", id).execute();
    }

    /** Revokes one; false when it was revoked already. */
    public static boolean revoke(Handle handle, UUID id, Instant now) {
        return handle.createUpdate("update credentials set revoked = :now where id = :id and revoked is null")
                .bind("id", id).bind("now", now).execute() == 1;
    }

    /** A page of those of a vault. */
    public static Page<CredentialsRow> list(Handle handle, UUID vault, ListRequest request) {
        return LISTING.page(handle, "c.vault_id = :vault", Map.of("vault", vault), request,
                (row, context) -> map(row));
    }

    private static CredentialsRow map(ResultSet row) throws SQLException {
        return new CredentialsRow(Columns.id(row, "id"), Columns.id(row, "vault_id"), row.getString("token_hash"),
                row.getString("fingerprint"), row.getString("policy"), Columns.words(row, "tags"),
                row.getInt("uses_total"), row.getInt("uses_left"), Columns.time(row, "created"),
                row.getString("created_by"), Columns.time(row, "expires"), Columns.timeOrNull(row, "revoked"));
    }
}
