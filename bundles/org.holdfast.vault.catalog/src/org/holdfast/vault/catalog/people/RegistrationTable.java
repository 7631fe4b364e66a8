package org.holdfast.vault.catalog.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements over registrations that have begun. */
public final class RegistrationTable {

    private RegistrationTable() {
    }

    /** Adds one; the server must have none. */
    public static void insert(Handle handle, RegistrationRow row) {
        handle.createUpdate("""
                insert into registrations (server_id, vault_id, credentials_id, machine_id, hostname, os,
                    agent_version, existing, challenge, serial, started, expires)
                values (:serverId, :vaultId, :credentialsId, :machineId, :hostname, :os, :agentVersion, :existing,
                    :challenge, :serial, :started, :expires)""").bindMethods(row).execute();
    }

    /** That of a server, which nobody else changes until the transaction ends. */
    public static Optional<RegistrationRow> lock(Handle handle, UUID server) {
        return handle.createQuery("select * from registrations where server_id = :server for update")
                .bind("server", server).map((row, context) -> map(row)).findOne();
    }

    /** All of a machine in a vault, locked. */
    public static List<RegistrationRow> lockMachine(Handle handle, UUID vault, String machineId) {
        return handle.createQuery("""
                select * from registrations where vault_id = :vault and machine_id = :machine order by server_id
                for update""").bind("vault", vault).bind("machine", machineId).map((row, context) -> map(row)).list();
    }

    /** Servers whose registration should be complete by now. */
    public static List<UUID> expired(Handle handle, Instant now) {
        return handle.createQuery("select server_id from registrations where expires <= :now order by server_id")
                .bind("now", now).mapTo(UUID.class).list();
    }

    /** Removes that of a server. */
    public static boolean delete(Handle handle, UUID server) {
        return handle.createUpdate("delete from registrations where server_id = :server").bind("server", server)
                .execute() == 1;
    }

    private static RegistrationRow map(ResultSet row) throws SQLException {
        return new RegistrationRow(Columns.id(row, "server_id"), Columns.id(row, "vault_id"),
                Columns.id(row, "credentials_id"), row.getString("machine_id"), row.getString("hostname"),
                row.getString("os"), row.getString("agent_version"), row.getBoolean("existing"),
                row.getString("challenge"), row.getString("serial"),
                Columns.time(row, "started"), Columns.time(row, "expires"));
    }
}
