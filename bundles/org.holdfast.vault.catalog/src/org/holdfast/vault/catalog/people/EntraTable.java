package org.holdfast.vault.catalog.people;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.catalog.people.EntraRow.Mapping;
import org.jdbi.v3.core.Handle;

/** Statements about sign-in with Entra ID. */
public final class EntraTable {

    private EntraTable() {
    }

    /** The settings; empty when nobody has set anything yet. */
    public static Optional<EntraRow> find(Handle handle) {
        List<Mapping> roles = handle
                .createQuery("select * from entra_roles order by claim, claim_value, our_role")
                .map((row, context) -> new Mapping(row.getString("claim"), row.getString("claim_value"),
                        row.getString("our_role")))
                .list();
        return handle.createQuery("select * from entra_settings where id = 1")
                .map((row, context) -> new EntraRow(row.getBoolean("enabled"), row.getString("tenant"),
                        row.getString("client_id"), row.getString("authority"), row.getString("ca"),
                        row.getString("break_glass"), roles, Columns.time(row, "changed"), row.getLong("version")))
                .findOne();
    }

    /** The one local account that may sign in, empty when all may. */
    public static Optional<String> breakGlass(Handle handle) {
        return find(handle).flatMap(row -> Optional.ofNullable(row.breakGlass()));
    }

    /** Replaces the settings when their version is still the one before the row's. */
    public static boolean save(Handle handle, EntraRow row) {
        int changed = handle.createUpdate("""
                update entra_settings set enabled = :enabled, tenant = :tenant, client_id = :clientId,
                    authority = :authority, ca = :ca, break_glass = :breakGlass, changed = :changed,
                    version = :version
                where id = 1 and version = :version - 1""").bindMethods(row).execute();
        if (changed == 0 && row.version() == 1) {
            changed = handle.createUpdate("""
                    insert into entra_settings (id, enabled, tenant, client_id, authority, ca, break_glass, changed,
                        version)
                    values (1, :enabled, :tenant, :clientId, :authority, :ca, :breakGlass, :changed, :version)
                    on conflict do nothing""").bindMethods(row).execute();
        }
        if (changed == 0) {
            return false;
        }
        handle.execute("delete from entra_roles");
        for (Mapping each : row.roles()) {
            handle.createUpdate("""
                    insert into entra_roles (claim, claim_value, our_role) values (:claim, :value, :role)
                    on conflict do nothing""").bindMethods(each).execute();
        }
        return true;
    }

    /** Lets all local accounts sign in again. */
    public static void openLocalAccounts(Handle handle) {
        handle.execute("update entra_settings set break_glass = null, version = version + 1"
                + " where break_glass is not null");
    }

    /** The account of somebody in a tenant, which nobody else changes until the transaction ends. */
    public static Optional<UserRow> lockPerson(Handle handle, String tenant, String objectId) {
        return handle.createQuery("""
                select * from users where id = (select user_id from entra_people
                    where tenant = :tenant and object_id = :object) for update""").bind("tenant", tenant)
                .bind("object", objectId).map((row, context) -> UserTable.map(row)).findOne();
    }

    /** Says whose account it is; false when somebody was faster. */
    public static boolean addPerson(Handle handle, UUID user, String tenant, String objectId) {
        return handle.createUpdate("""
                insert into entra_people (user_id, tenant, object_id) values (:user, :tenant, :object)
                on conflict do nothing""").bind("user", user).bind("tenant", tenant).bind("object", objectId)
                .execute() == 1;
    }

    /** Ends the sessions of everybody who has signed in with Entra ID. */
    public static int endSessions(Handle handle) {
        return handle.execute("delete from user_tokens where user_id in (select user_id from entra_people)");
    }

    /** Ends the sessions of local accounts but one. */
    public static int endLocalSessions(Handle handle, String but) {
        return handle.createUpdate("""
                delete from user_tokens where user_id not in (select user_id from entra_people)
                    and user_id not in (select id from users where name = :but)""").bind("but", but).execute();
    }
}
