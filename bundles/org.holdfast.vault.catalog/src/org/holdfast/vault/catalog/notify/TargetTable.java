package org.holdfast.vault.catalog.notify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements over targets of notifications. */
public final class TargetTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("""
            t.*, (select count(*) from notify_messages m where m.target_id = t.id and m.state = 'waiting')
            as waiting""", "notify_targets t").column("id", "t.id", Type.ID).column("name", "t.name", Type.TEXT)
            .column("kind", "t.kind", Type.TEXT).column("enabled", "t.enabled", Type.BOOLEAN)
            .column("failures", "t.failures", Type.NUMBER).nullable("lastSent", "t.last_sent", Type.TIME)
            .nullable("lastFailure", "t.last_failure", Type.TIME).column("changed", "t.changed", Type.TIME)
            .key("id").order("name").build();

    private TargetTable() {
    }

    /** A name as it is compared. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Adds a target unless the name is taken. */
    public static boolean insert(Handle handle, TargetRow row) {
        return handle.createUpdate("""
                insert into notify_targets (id, name, name_key, kind, enabled, language, zone, settings, secrets,
                    created, changed, changed_by, version, failures)
                values (:id, :name, :nameKey, :kind, :enabled, :language, :zone, :settings, :secrets, :created,
                    :changed, :changedBy, :version, 0) on conflict do nothing""").bindMethods(row).execute() == 1;
    }

    /** Writes what people may change when the version before the row's is still there. */
    public static boolean update(Handle handle, TargetRow row) {
        return handle.createUpdate("""
                update notify_targets set enabled = :enabled, language = :language, zone = :zone,
                    settings = :settings, secrets = :secrets, changed = :changed, changed_by = :changedBy,
                    version = :version where id = :id and version = :version - 1""").bindMethods(row).execute() == 1;
    }

    /** Takes a target away with its messages. */
    public static boolean delete(Handle handle, UUID id, long version) {
        return handle.createUpdate("delete from notify_targets where id = :id and version = :version").bind("id", id)
                .bind("version", version).execute() == 1;
    }

    /** A target by name. */
    public static Optional<TargetRow> byName(Handle handle, String name) {
        return handle.createQuery("select " + LISTING.select() + " from notify_targets t where t.name_key = :key")
                .bind("key", key(name)).map((row, context) -> map(row)).findOne();
    }

    /** A target by identity. */
    public static Optional<TargetRow> byId(Handle handle, UUID id) {
        return handle.createQuery("select " + LISTING.select() + " from notify_targets t where t.id = :id")
                .bind("id", id).map((row, context) -> map(row)).findOne();
    }

    /** All targets. */
    public static List<TargetRow> all(Handle handle) {
        return handle.createQuery("select " + LISTING.select() + " from notify_targets t order by t.name_key")
                .map((row, context) -> map(row)).list();
    }

    /** A page of targets. */
    public static Page<TargetRow> list(Handle handle, ListRequest request) {
        return LISTING.page(handle, "", Map.of(), request, (row, context) -> map(row));
    }

    /** A target took a message. */
    public static void succeeded(Handle handle, UUID id, Instant at) {
        handle.createUpdate("update notify_targets set failures = 0, last_sent = :at where id = :id")
                .bind("id", id).bind("at", at).execute();
    }

    /** A target did not take a message; how often that has been so since the last success. */
    public static long failed(Handle handle, UUID id, Instant at, String error) {
        handle.createUpdate("""
                update notify_targets set failures = failures + 1, last_failure = :at, last_error = :error
                where id = :id""").bind("id", id).bind("at", at).bind("error", error).execute();
        return handle.createQuery("select failures from notify_targets where id = :id").bind("id", id)
                .mapTo(Long.class).findOne().orElse(0L);
    }

    private static TargetRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new TargetRow(c.id("id"), c.text("name"), c.text("name_key"), c.text("kind"), c.flag("enabled"),
                c.text("language"), c.text("zone"), c.text("settings"), c.text("secrets"), c.time("created"),
                c.time("changed"), c.text("changed_by"), c.number("version"), c.number("failures"),
                c.timeOrNull("last_sent"), c.timeOrNull("last_failure"), c.textOrNull("last_error"),
                c.number("waiting"));
    }
}
