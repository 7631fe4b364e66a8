package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;

/** Statements over policies, their versions and the tags they are for. */
public final class PolicyTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("p.*", "policies p").column("id", "p.id", Type.ID)
            .column("name", "p.name", Type.TEXT).column("version", "p.version", Type.NUMBER)
            .column("changed", "p.changed", Type.TIME).column("changedBy", "p.changed_by", Type.TEXT).key("id")
            .order("name").build();
    /** Columns of the list of versions. */
    public static final Listing VERSIONS = Listing.of("""
            p.id, p.vault_id, p.name, v.version, v.document, v.created as changed, v.created_by as changed_by""",
            "policy_versions v join policies p on p.id = v.policy_id").column("version", "v.version", Type.NUMBER)
            .column("changed", "v.created", Type.TIME).column("changedBy", "v.created_by", Type.TEXT).key("version")
            .order("-version").build();

    private PolicyTable() {
    }

    /** Adds a policy and its first version; false when the name is taken. */
    public static boolean insert(Handle handle, PolicyRow row) {
        boolean added = handle.createUpdate("""
                insert into policies (id, vault_id, name, version, document, created, changed, changed_by)
                values (:id, :vaultId, :name, :version, :document, :changed, :changed, :changedBy)
                on conflict do nothing""")
                .bindMethods(row).execute() == 1;
        if (added) {
            addVersion(handle, row);
        }
        return added;
    }

    /** Makes the next version when the one before the row's is still the newest. */
    public static boolean update(Handle handle, PolicyRow row) {
        boolean changed = handle.createUpdate("""
                update policies set version = :version, document = :document, changed = :changed,
                    changed_by = :changedBy where id = :id and version = :version - 1""").bindMethods(row)
                .execute() == 1;
        if (changed) {
            addVersion(handle, row);
        }
        return changed;
    }

    private static void addVersion(Handle handle, PolicyRow row) {
        handle.createUpdate("""
                insert into policy_versions (policy_id, version, document, created, created_by)
                values (:id, :version, :document, :changed, :changedBy)""").bindMethods(row).execute();
    }

    /** Takes a policy away with its versions; nothing may refer to it. */
    public static boolean delete(Handle handle, UUID id, long version) {
        return handle.createUpdate("delete from policies where id = :id and version = :version").bind("id", id)
                .bind("version", version).execute() == 1;
    }

    /** Whether servers or the vault's default name a policy. */
    public static boolean isUsed(Handle handle, UUID id) {
        return handle.createQuery("""
                select (select count(*) from servers where policy_id = :id or effective_policy = :id)
                    + (select count(*) from vaults where default_policy = :id)
                    + (select count(*) from policy_tags where policy_id = :id)""").bind("id", id).mapTo(Long.class)
                .one() > 0;
    }

    /** A policy by name. */
    public static Optional<PolicyRow> byName(Handle handle, UUID vault, String name) {
        return handle.createQuery("select * from policies where vault_id = :vault and name = :name")
                .bind("vault", vault).bind("name", name).map((row, context) -> map(row)).findOne();
    }

    /** A policy by identity. */
    public static Optional<PolicyRow> byId(Handle handle, UUID id) {
        return handle.createQuery("select * from policies where id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** A page of a vault's policies. */
    public static Page<PolicyRow> list(Handle handle, UUID vault, ListRequest request) {
        return LISTING.page(handle, "p.vault_id = :vault", Map.of("vault", vault), request,
                (row, context) -> map(row));
    }

    /** A page of a policy's versions. */
    public static Page<PolicyRow> versions(Handle handle, UUID policy, ListRequest request) {
        return VERSIONS.page(handle, "p.id = :policy", Map.of("policy", policy), request, (row, context) -> map(row));
    }

    /** The policies of a vault's tags, by tag in the order of code points. */
    public static TreeMap<String, UUID> tags(Handle handle, UUID vault) {
        var tags = new TreeMap<String, UUID>();
        handle.createQuery("select tag, policy_id from policy_tags where vault_id = :vault").bind("vault", vault)
                .map((row, context) -> Map.entry(row.getString("tag"), row.getObject("policy_id", UUID.class)))
                .forEach(e -> tags.put(e.getKey(), e.getValue()));
        return tags;
    }

    /** Makes a policy the one of these tags and of no other ones. */
    public static void setTags(Handle handle, UUID vault, UUID policy, List<String> tags) {
        handle.createUpdate("delete from policy_tags where policy_id = :policy").bind("policy", policy).execute();
        for (String tag : tags) {
            handle.createUpdate("insert into policy_tags (vault_id, tag, policy_id) values (:vault, :tag, :policy)")
                    .bind("vault", vault).bind("tag", tag).bind("policy", policy).execute();
        }
    }

    private static PolicyRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new PolicyRow(c.id("id"), c.id("vault_id"), c.text("name"), c.number("version"), c.text("document"),
                c.time("changed"), c.text("changed_by"));
    }
}
