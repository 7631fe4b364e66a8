package org.holdfast.vault.catalog.nodes;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.jdbi.v3.core.Handle;

/** Statements on nodes, and on what all of them agree on. */
public final class NodeTable {
    private NodeTable() {
    }

    /** Enters a run; an earlier one of the same node has ended. */
    public static void enter(Handle handle, UUID id, String name, String addresses, String version, String schema) {
        Instant now = now(handle);
        handle.createUpdate("update nodes set ended = :now where name = :name and ended is null").bind("now", now)
                .bind("name", name).execute();
        handle.createUpdate("""
                insert into nodes (id, name, addresses, version, schema_version, started, last_contact)
                values (:id, :name, :addresses, :version, :schema, :now, :now)""").bind("id", id).bind("name", name)
                .bind("addresses", addresses).bind("version", version).bind("schema", schema).bind("now", now)
                .execute();
        handle.createUpdate("delete from nodes where ended < :old").bind("old", now.minus(Duration.ofDays(1)))
                .execute();
    }

    /** The present by the database's clock. */
    public static Instant now(Handle handle) {
        return handle.createQuery("select current_timestamp as now").mapTo(Instant.class).one();
    }

    /** A run is alive; false when others have given it up. */
    public static boolean seen(Handle handle, UUID id) {
        return handle.createUpdate(
                "update nodes set last_contact = current_timestamp where id = :id and ended is null").bind("id", id)
                .execute() == 1;
    }

    /** A run that was given up is alive after all. */
    public static void again(Handle handle, UUID id) {
        handle.createUpdate("update nodes set ended = null, last_contact = current_timestamp where id = :id")
                .bind("id", id).execute();
    }

    /** A run ends, or is given up. */
    public static boolean end(Handle handle, UUID id) {
        return handle.createUpdate("update nodes set ended = current_timestamp where id = :id and ended is null")
                .bind("id", id).execute() == 1;
    }

    /** Runs that have not ended in order, by name. */
    public static List<NodeRow> present(Handle handle) {
        Instant now = now(handle);
        return handle.createQuery("""
                select n.*, (select count(*) from servers s where s.node_id = n.id and s.retired is null) as servers
                from nodes n where n.ended is null order by n.name, n.started""")
                .map((row, context) -> {
                    Instant contact = row.getObject("last_contact", OffsetDateTime.class).toInstant();
                    return new NodeRow(row.getObject("id", UUID.class), row.getString("name"),
                            row.getString("addresses"), row.getString("version"), row.getString("schema_version"),
                            row.getObject("started", OffsetDateTime.class).toInstant(), contact, null,
                            Math.max(0, Duration.between(contact, now).toSeconds()), row.getLong("servers"));
                }).list();
    }

    /**
     * Takes servers over that no living node has in mind.
     *
     * @param silence after which a node is not alive
     * @return how many
     */
    public static int adopt(Handle handle, UUID node, Duration silence) {
        return handle.createUpdate("""
                update servers set node_id = :node where retired is null and registered is not null
                    and (node_id is null or node_id <> :node)
                    and not exists (select 1 from nodes n where n.id = servers.node_id and n.ended is null
                        and n.last_contact > :old)""").bind("node", node).bind("old", now(handle).minus(silence))
                .execute();
    }

    /** Takes a server over; false when it was this node's already, or is not there. */
    public static boolean take(Handle handle, UUID server, UUID node) {
        return handle.createUpdate("""
                update servers set node_id = :node where id = :id and retired is null
                    and (node_id is null or node_id <> :node)""").bind("id", server).bind("node", node).execute() == 1;
    }

    /** Whether a server is a node's, until the end of the transaction. */
    public static boolean holds(Handle handle, UUID server, UUID node) {
        return handle.createQuery("select id from servers where id = :id and node_id = :node for update")
                .bind("id", server).bind("node", node).mapTo(UUID.class).findOne().isPresent();
    }

    /** Whose a server is, or null. */
    public static @Nullable UUID holder(Handle handle, UUID server) {
        return handle.createQuery("select node_id from servers where id = :id and node_id is not null")
                .bind("id", server).mapTo(UUID.class).findOne().orElse(null);
    }

    /** The servers of a node that are not retired. */
    public static List<UUID> serversOf(Handle handle, UUID node) {
        return handle.createQuery("select id from servers where node_id = :node and retired is null")
                .bind("node", node).mapTo(UUID.class).list();
    }

    /** Something that all nodes agree on: what the first one has said. */
    public static String agree(Handle handle, String name, String fact) {
        handle.createUpdate("insert into installation_facts (name, fact) values (:name, :fact) on conflict do nothing")
                .bind("name", name).bind("fact", fact).execute();
        return handle.createQuery("select fact from installation_facts where name = :name").bind("name", name)
                .mapTo(String.class).one();
    }

    /** What all nodes have agreed on, if anything. */
    public static Optional<String> fact(Handle handle, String name) {
        return handle.createQuery("select fact from installation_facts where name = :name").bind("name", name)
                .mapTo(String.class).findOne();
    }
}
