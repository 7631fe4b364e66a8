package org.holdfast.vault.catalog.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements over accounts. */
public final class UserTable {

    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("u.*", "users u").column("name", "u.name", Type.TEXT)
            .column("fullName", "u.full_name", Type.TEXT).column("roles", "u.roles", Type.TEXT)
            .column("disabled", "u.disabled", Type.BOOLEAN).nullable("lastLogin", "u.last_login", Type.TIME)
            .column("created", "u.created", Type.TIME).key("name").order("name").build();

    private UserTable() {
    }

    /** Adds an account; false when the name is taken. */
    public static boolean insert(Handle handle, UserRow row) {
        return handle.createUpdate("""
                insert into users (id, name, full_name, password_hash, roles, disabled, must_change, failures,
                    locked_until, last_login, created, changed, version)
                values (:id, :name, :fullName, :passwordHash, :words, :disabled, :mustChange, :failures, :lockedUntil,
                    :lastLogin, :created, :changed, :version)
                on conflict do nothing""").bindMethods(row).bind("words", String.join(",", row.roles()))
                .execute() == 1;
    }

    /** Replaces name, roles and state when the version is still the one before the row's. */
    public static boolean update(Handle handle, UserRow row) {
        return handle.createUpdate("""
                update users set full_name = :fullName, roles = :words, disabled = :disabled, changed = :changed,
                    version = :version
                where id = :id and version = :version - 1""").bindMethods(row)
                .bind("words", String.join(",", row.roles())).execute() == 1;
    }

    /** Sets a password; ends a lock. */
    public static void setPassword(Handle handle, UUID id, String hash, boolean mustChange, Instant now) {
        handle.createUpdate("""
                update users set password_hash = :hash, must_change = :mustChange, failures = 0, locked_until = null,
                    changed = :now, version = version + 1
                where id = :id""").bind("id", id).bind("hash", hash).bind("mustChange", mustChange).bind("now", now)
                .execute();
    }

    /** Replaces a hash by one of the same password. */
    public static void setHash(Handle handle, UUID id, String before, String hash) {
        handle.createUpdate("update users set password_hash = :hash where id = :id and password_hash = :before")
                .bind("id", id).bind("before", before).bind("hash", hash).execute();
    }

    /** Notes how attempts to sign in went. */
    public static void setAttempts(Handle handle, UUID id, int failures, @Nullable Instant lockedUntil,
            @Nullable Instant lastLogin) {
        handle.createUpdate("""
                update users set failures = :failures, locked_until = :lockedUntil,
                    last_login = coalesce(:lastLogin, last_login)
                where id = :id""").bind("id", id).bind("failures", failures)
                .bindByType("lockedUntil", lockedUntil, Instant.class)
                .bindByType("lastLogin", lastLogin, Instant.class).execute();
    }

    /** Removes an account of that version with all its tokens. */
    public static boolean delete(Handle handle, UUID id, long version) {
        return handle.createUpdate("delete from users where id = :id and version = :version").bind("id", id)
                .bind("version", version).execute() == 1;
    }

    /** An account by name. */
    public static Optional<UserRow> byName(Handle handle, String name) {
        return handle.createQuery("select * from users where name = :name").bind("name", name)
                .map((row, context) -> map(row)).findOne();
    }

    /** An account by name, which nobody else changes until the transaction ends. */
    public static Optional<UserRow> lock(Handle handle, String name) {
        return handle.createQuery("select * from users where name = :name for update").bind("name", name)
                .map((row, context) -> map(row)).findOne();
    }

    /** Keeps others from changing accounts until the transaction ends; returns all. */
    public static List<UserRow> lockAll(Handle handle) {
        return handle.createQuery("select * from users order by id for update").map((row, context) -> map(row)).list();
    }

    /** Number of accounts. */
    public static long count(Handle handle) {
        return handle.createQuery("select count(*) from users").mapTo(Long.class).one();
    }

    /** A page of accounts. */
    public static Page<UserRow> list(Handle handle, ListRequest request) {
        return LISTING.page(handle, "", Map.of(), request, (row, context) -> map(row));
    }

    static UserRow map(ResultSet row) throws SQLException {
        return new UserRow(Columns.id(row, "id"), row.getString("name"), row.getString("full_name"),
                row.getString("password_hash"), Columns.words(row, "roles"), row.getBoolean("disabled"),
                row.getBoolean("must_change"), row.getInt("failures"), Columns.timeOrNull(row, "locked_until"),
                Columns.timeOrNull(row, "last_login"), Columns.time(row, "created"), Columns.time(row, "changed"),
                row.getLong("version"));
    }
}
