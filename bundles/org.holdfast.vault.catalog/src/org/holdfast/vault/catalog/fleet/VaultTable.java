package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements over vaults. */
public final class VaultTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("""
            v.*, (select p.name from policies p where p.id = v.default_policy) as default_policy_name,
            (select count(*) from servers s where s.vault_id = v.id and s.retired is null) as servers,
            (select coalesce(sum(s.points), 0) from servers s where s.vault_id = v.id) as points,
            (select coalesce(sum(s.stored_bytes), 0) from servers s where s.vault_id = v.id) as stored_bytes,
            (select count(*) from alerts a where a.vault_id = v.id and a.state in ('open', 'acknowledged'))
                as open_alerts""", "vaults v").column("id", "v.id", Type.ID).column("name", "v.name", Type.TEXT)
            .column("region", "v.region", Type.TEXT).column("resourceGroup", "v.resource_group", Type.TEXT)
            .column("subscription", "v.subscription", Type.TEXT).column("created", "v.created", Type.TIME).key("id")
            .order("name").build();

    private VaultTable() {
    }

    /** Adds a vault; false when the name is taken. */
    public static boolean insert(Handle handle, VaultRow row) {
        return handle.createUpdate("""
                insert into vaults (id, name, name_key, region, resource_group, subscription, tags, redundancy,
                    immutability, soft_delete_days, soft_delete_always, default_policy, created, version,
                    quota_bytes)
                values (:id, :name, :key, :region, :resourceGroup, :subscription, :tags, :redundancy, :immutability,
                    :softDeleteDays, :softDeleteAlways, :defaultPolicy, :created, :version,
                    :quotaBytes)
                on conflict do nothing""").bindMethods(row)
                .bind("key", key(row.name())).execute() == 1;
    }

    /** Replaces what can be edited when the version is still the one before the row's. */
    public static boolean update(Handle handle, VaultRow row) {
        return handle.createUpdate("""
                update vaults set name = :name, name_key = :key, region = :region, resource_group = :resourceGroup,
                    subscription = :subscription, tags = :tags, redundancy = :redundancy,
                    immutability = :immutability, soft_delete_days = :softDeleteDays,
                    soft_delete_always = :softDeleteAlways, default_policy = :defaultPolicy, quota_bytes = :quotaBytes,
                    version = :version
                where id = :id and version = :version - 1""").bindMethods(row).bind("key", key(row.name()))
                .execute() == 1;
    }

    /** Takes a vault away; its servers must be gone. */
    public static boolean delete(Handle handle, UUID id, long version) {
        return handle.createUpdate("delete from vaults where id = :id and version = :version").bind("id", id)
                .bind("version", version).execute() == 1;
    }

    /** A vault by name, whatever the case of its letters. */
    public static Optional<VaultRow> byName(Handle handle, String name) {
        return handle.createQuery("select * from vaults where name_key = :key").bind("key", key(name))
                .map((row, context) -> map(row)).findOne();
    }

    /** A vault by identity. */
    public static Optional<VaultRow> byId(Handle handle, UUID id) {
        return handle.createQuery("select * from vaults where id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** Lets nobody else change or lock a vault until the end of the transaction; false when there is none. */
    public static boolean lock(Handle handle, UUID id) {
        return handle.createQuery("select id from vaults where id = :id for update").bind("id", id).mapTo(UUID.class)
                .findOne().isPresent();
    }

    /** A page of vaults. */
    public static Page<VaultListRow> list(Handle handle, @Nullable UUID only, ListRequest request) {
        return LISTING.page(handle, only == null ? "" : "v.id = :only", only == null ? Map.of() : Map.of("only", only),
                request, (row, context) -> listRow(row));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static VaultListRow listRow(ResultSet row) throws SQLException {
        var columns = new Columns(row);
        return new VaultListRow(map(row), columns.textOrNull("default_policy_name"), columns.number("servers"),
                columns.number("points"), columns.number("stored_bytes"), columns.number("open_alerts"));
    }

    private static VaultRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new VaultRow(c.id("id"), c.text("name"), c.text("region"), c.text("resource_group"),
                c.text("subscription"), c.text("tags"), c.text("redundancy"), c.text("immutability"),
                (int) c.number("soft_delete_days"), c.flag("soft_delete_always"), c.idOrNull("default_policy"),
                c.time("created"), c.number("version"), c.numberOrNull("quota_bytes"));
    }
}
