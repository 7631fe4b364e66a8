package org.holdfast.vault.catalog.notify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements over rules of notifications. */
public final class RuleTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("r.*", "notify_rules r").column("id", "r.id", Type.ID)
            .column("name", "r.name", Type.TEXT).column("changed", "r.changed", Type.TIME)
            .column("changedBy", "r.changed_by", Type.TEXT).key("id").order("name").build();

    private RuleTable() {
    }

    /** Adds a rule unless the name is taken. */
    public static boolean insert(Handle handle, RuleRow row) {
        return handle.createUpdate("""
                insert into notify_rules (id, name, name_key, document, changed, changed_by, version)
                values (:id, :name, :nameKey, :document, :changed, :changedBy, :version) on conflict do nothing""")
                .bindMethods(row).execute() == 1;
    }

    /** Writes a rule when the version before the row's is still there. */
    public static boolean update(Handle handle, RuleRow row) {
        return handle.createUpdate("""
                update notify_rules set document = :document, changed = :changed, changed_by = :changedBy,
                    version = :version where id = :id and version = :version - 1""").bindMethods(row).execute() == 1;
    }

    /** Takes a rule away with its messages. */
    public static boolean delete(Handle handle, UUID id, long version) {
        return handle.createUpdate("delete from notify_rules where id = :id and version = :version").bind("id", id)
                .bind("version", version).execute() == 1;
    }

    /** A rule by name. */
    public static Optional<RuleRow> byName(Handle handle, String name) {
        return handle.createQuery("select * from notify_rules where name_key = :key").bind("key", TargetTable.key(name))
                .map((row, context) -> map(row)).findOne();
    }

    /** A rule by identity. */
    public static Optional<RuleRow> byId(Handle handle, UUID id) {
        return handle.createQuery("select * from notify_rules where id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** All rules. */
    public static List<RuleRow> all(Handle handle) {
        return handle.createQuery("select * from notify_rules order by name_key").map((row, context) -> map(row))
                .list();
    }

    /** A page of rules. */
    public static Page<RuleRow> list(Handle handle, ListRequest request) {
        return LISTING.page(handle, "", Map.of(), request, (row, context) -> map(row));
    }

    private static RuleRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new RuleRow(c.id("id"), c.text("name"), c.text("name_key"), c.text("document"), c.time("changed"),
                c.text("changed_by"), c.number("version"));
    }
}
