package org.holdfast.vault.catalog.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements over certificates of agents. */
public final class CertificateTable {

    private CertificateTable() {
    }

    /**
     * A certificate with what decides about it.
     *
     * @param certificate the certificate
     * @param vaultId vault of its server
     * @param retired whether its server was given up
     */
    public record Known(CertificateRow certificate, UUID vaultId, boolean retired) {
    }

    /** Adds one. */
    public static void insert(Handle handle, CertificateRow row) {
        handle.createUpdate("""
                insert into agent_certificates (serial, server_id, not_before, not_after, issued, unproven, revoked,
                    reason)
                values (:serial, :serverId, :notBefore, :notAfter, :issued, :unproven, :revoked, :reason)""")
                .bindMethods(row).execute();
    }

    /** One of them whose server is there. */
    public static Optional<Known> find(Handle handle, String serial) {
        return handle.createQuery("""
                select c.*, s.vault_id, s.retired from agent_certificates c join servers s on s.id = c.server_id
                where c.serial = :serial""").bind("serial", serial)
                .map((row, context) -> new Known(map(row), Columns.id(row, "vault_id"),
                        row.getObject("retired") != null))
                .findOne();
    }

    /** All of a server, the latest first. */
    public static List<CertificateRow> of(Handle handle, UUID server) {
        return handle.createQuery("""
                select * from agent_certificates where server_id = :server order by issued desc, serial""")
                .bind("server", server).map((row, context) -> map(row)).list();
    }

    /** Its holder has proven who it is. */
    public static void setProven(Handle handle, String serial) {
        handle.createUpdate("update agent_certificates set unproven = false where serial = :serial")
                .bind("serial", serial).execute();
    }

    /** Revokes one. */
    public static int revoke(Handle handle, String serial, Instant now, String reason) {
        return handle.createUpdate("""
                update agent_certificates set revoked = :now, reason = :reason
                where serial = :serial and revoked is null""").bind("serial", serial).bind("now", now)
                .bind("reason", reason).execute();
    }

    /** Revokes all of a server but one. */
    public static int revokeOthers(Handle handle, UUID server, String but, Instant now, String reason) {
        return handle.createUpdate("""
                update agent_certificates set revoked = :now, reason = :reason
                where server_id = :server and serial <> :but and revoked is null""").bind("server", server)
                .bind("but", but).bind("now", now).bind("reason", reason).execute();
    }

    /** Removes those that would not count any more anyway. */
    public static int deleteExpired(Handle handle, Instant before) {
        return handle.createUpdate("delete from agent_certificates where not_after < :before").bind("before", before)
                .execute();
    }

    private static CertificateRow map(ResultSet row) throws SQLException {
        return new CertificateRow(row.getString("serial"), Columns.id(row, "server_id"),
                Columns.time(row, "not_before"), Columns.time(row, "not_after"), Columns.time(row, "issued"),
                row.getBoolean("unproven"), Columns.timeOrNull(row, "revoked"), row.getString("reason"));
    }
}
