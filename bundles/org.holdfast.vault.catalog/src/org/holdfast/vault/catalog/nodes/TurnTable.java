package org.holdfast.vault.catalog.nodes;

import java.util.List;
import java.util.UUID;

import org.jdbi.v3.core.Handle;

/** Statements on whose turn it is. */
public final class TurnTable {
    private TurnTable() {
    }

    /** Takes a turn; its number is larger than that of any before. */
    public static long take(Handle handle, String name, UUID node) {
        handle.createUpdate("""
                insert into node_turns (name, fence, node_id, since) values (:name, 0, :node, current_timestamp)
                on conflict do nothing""").bind("name", name).bind("node", node).execute();
        handle.createUpdate("""
                update node_turns set fence = fence + 1, node_id = :node, since = current_timestamp
                where name = :name""").bind("name", name).bind("node", node).execute();
        return handle.createQuery("select fence from node_turns where name = :name").bind("name", name)
                .mapTo(Long.class).one();
    }

    /** Whether a turn is still the last one; nobody takes a later one before the end of the transaction. */
    public static boolean holds(Handle handle, String name, long fence) {
        return handle.createQuery("select fence from node_turns where name = :name for update").bind("name", name)
                .mapTo(Long.class).findOne().filter(last -> last == fence).isPresent();
    }

    /** Names of turns that a node took last, of those that begin with a prefix. */
    public static List<String> of(Handle handle, UUID node, String prefix) {
        return handle.createQuery("select name from node_turns where node_id = :node and name like :prefix"
                + " order by name").bind("node", node).bind("prefix", prefix + "%").mapTo(String.class).list();
    }
}
