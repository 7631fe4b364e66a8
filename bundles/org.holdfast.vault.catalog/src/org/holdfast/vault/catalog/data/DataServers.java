package org.holdfast.vault.catalog.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on the table of servers of the data path. */
public final class DataServers {
    private static final String SELECT = "select * from data_servers where server_id = :id";

    private DataServers() {
    }

    private static DataServerRow row(ResultSet r, StatementContext c) throws SQLException {
        long quota = r.getLong("quota_bytes");
        Long limit = r.wasNull() ? null : quota;
        return new DataServerRow(r.getObject("server_id", UUID.class), r.getObject("vault_id", UUID.class),
                r.getLong("fence"), r.getString("domain_id"), r.getString("public_key"), r.getLong("used_bytes"),
                limit);
    }

    /** A server, if it has ever opened a session. */
    public static Optional<DataServerRow> find(Handle handle, UUID server) {
        return handle.createQuery(SELECT).bind("id", server).map(DataServers::row).findOne();
    }

    /** A server, locked until the transaction ends. */
    public static Optional<DataServerRow> lock(Handle handle, UUID server) {
        return handle.createQuery(SELECT + " for update").bind("id", server).map(DataServers::row).findOne();
    }

    /** All servers, by id; those that were looked at longest ago first. */
    public static List<DataServerRow> all(Handle handle) {
        return handle.createQuery("select * from data_servers order by reconciled nulls first, server_id")
                .map(DataServers::row).list();
    }

    /** Servers that are in no list of servers any more and have no points. */
    public static List<DataServerRow> orphans(Handle handle) {
        return handle.createQuery("select * from data_servers d"
                + " where not exists (select 1 from servers s where s.id = d.server_id)"
                + " and not exists (select 1 from data_points p where p.server_id = d.server_id)")
                .map(DataServers::row).list();
    }

    /** Makes sure that there is a row; two who try at once cause a conflict, after which the second finds it. */
    public static void ensure(Handle handle, UUID server, UUID vault) {
        if (find(handle, server).isEmpty()) {
            handle.createUpdate("insert into data_servers (server_id, vault_id, fence, used_bytes)"
                    + " values (:id, :vault, 0, 0) on conflict do nothing").bind("id", server).bind("vault", vault)
                    .execute();
        }
    }

    /** Gives out the next fencing token; the row must be locked. */
    public static void setFence(Handle handle, UUID server, long fence) {
        handle.createUpdate("update data_servers set fence = :fence where server_id = :id").bind("fence", fence)
                .bind("id", server).execute();
    }

    /** Remembers the keys of the domain, unless some are known already. */
    public static void setDomain(Handle handle, UUID server, String domain, String publicKey) {
        handle.createUpdate("update data_servers set domain_id = :domain, public_key = :key"
                + " where server_id = :id and public_key is null").bind("domain", domain).bind("key", publicKey)
                .bind("id", server).execute();
    }

    /** Adds to the number of bytes, which is never below zero. */
    public static void addUsed(Handle handle, UUID server, long bytes) {
        handle.createUpdate("update data_servers set used_bytes = greatest(0, used_bytes + :bytes)"
                + " where server_id = :id").bind("bytes", bytes).bind("id", server).execute();
    }

    /** Says how many bytes a server may use; null for no limit. */
    public static void setQuota(Handle handle, UUID server, @Nullable Long bytes) {
        handle.createUpdate("update data_servers set quota_bytes = :bytes where server_id = :id").bind("bytes", bytes)
                .bind("id", server).execute();
    }

    /**
     * What a vault may keep and what it keeps.
     *
     * @param quota bytes, null for no limit
     * @param used bytes that commits have counted
     */
    public record Usage(@Nullable Long quota, long used) {
    }

    /** How far a vault is filled. */
    public static Optional<Usage> usage(Handle handle, UUID vault) {
        return handle.createQuery("select v.quota_bytes, (select coalesce(sum(d.used_bytes), 0) from data_servers d"
                + " where d.vault_id = v.id) as used from vaults v where v.id = :id").bind("id", vault)
                .map((r, c) -> {
                    long quota = r.getLong("quota_bytes");
                    Long limit = r.wasNull() ? null : quota;
                    return new Usage(limit, r.getLong("used"));
                }).findOne();
    }

    /** Takes down that points in the catalogue and in the store have been compared, and what the objects take. */
    public static void setReconciled(Handle handle, UUID server, Instant when) {
        handle.createUpdate("update data_servers set reconciled = :time where server_id = :id").bind("time", when)
                .bind("id", server).execute();
    }

    /**
     * Servers whose points retention should look at: those with a policy, longest ago first.
     *
     * @param before not since then, unless there are none at all
     */
    public static List<Due> dueForRetention(Handle handle, Instant before) {
        return handle.createQuery("select d.server_id, p.document, s.zone from data_servers d"
                + " join servers s on s.id = d.server_id join policies p on p.id = s.effective_policy"
                + " where (d.retained is null or d.retained < :before)"
                + " and exists (select 1 from data_points x where x.server_id = d.server_id)"
                + " order by d.retained nulls first, d.server_id").bind("before", before)
                .map((r, c) -> new Due(r.getObject("server_id", UUID.class), r.getString("document"),
                        r.getString("zone")))
                .list();
    }

    /** A server with the policy that holds for it; empty without one. */
    public static Optional<Due> withPolicy(Handle handle, UUID server) {
        return handle.createQuery("select s.id as server_id, p.document, s.zone from servers s"
                + " join policies p on p.id = s.effective_policy where s.id = :id").bind("id", server)
                .map((r, c) -> new Due(r.getObject("server_id", UUID.class), r.getString("document"),
                        r.getString("zone")))
                .findOne();
    }

    /**
     * A server for retention.
     *
     * @param server its id
     * @param policy the policy that holds, JSON
     * @param zone the time zone that the server says it is in, may be empty
     */
    public record Due(UUID server, String policy, String zone) {
    }

    /** Takes down that retention has run. */
    public static void setRetained(Handle handle, UUID server, Instant when) {
        handle.createUpdate("update data_servers set retained = :time where server_id = :id").bind("time", when)
                .bind("id", server).execute();
    }

    /** Forgets a server with its sessions and points. */
    public static void delete(Handle handle, UUID server) {
        handle.createUpdate("delete from data_servers where server_id = :id").bind("id", server).execute();
        handle.createUpdate("delete from data_grants where source_id = :id or reader_id = :id").bind("id", server)
                .execute();
    }
}
