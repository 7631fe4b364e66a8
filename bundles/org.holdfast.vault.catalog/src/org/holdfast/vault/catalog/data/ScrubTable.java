package org.holdfast.vault.catalog.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.catalog.data.Sessions.Times;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on the tables about packs that were read again and found to be damaged. */
public final class ScrubTable {
    private ScrubTable() {
    }

    private static ScrubRow row(ResultSet r, StatementContext c) throws SQLException {
        return new ScrubRow(r.getObject("server_id", UUID.class), r.getString("position"), Times.find(r, "began"),
                r.getLong("packs"), r.getLong("bytes"), Times.find(r, "last_began"), Times.find(r, "last_ended"),
                r.getLong("last_packs"), r.getLong("last_bytes"));
    }

    private static DamageRow damage(ResultSet r, StatementContext c) throws SQLException {
        String points = r.getString("points");
        return new DamageRow(r.getObject("server_id", UUID.class), r.getString("object"), r.getString("problem"),
                r.getString("detail"), Times.get(r, "found"), Times.find(r, "healed"),
                points.isEmpty() ? List.of() : List.of(points.split(",")));
    }

    /** How far a server is. */
    public static Optional<ScrubRow> find(Handle handle, UUID server) {
        return handle.createQuery("select * from data_scrubs where server_id = :id").bind("id", server)
                .map(ScrubTable::row).findOne();
    }

    /** Takes down how far a server is. */
    public static void save(Handle handle, ScrubRow row) {
        if (update(handle, row) == 0) {
            handle.createUpdate("insert into data_scrubs (server_id, position, packs, bytes, last_packs, last_bytes)"
                    + " values (:id, '', 0, 0, 0, 0) on conflict do nothing").bind("id", row.server()).execute();
            update(handle, row);
        }
    }

    private static int update(Handle handle, ScrubRow row) {
        return handle.createUpdate("update data_scrubs set position = :position, began = :began, packs = :packs,"
                + " bytes = :bytes, last_began = :lastBegan, last_ended = :lastEnded, last_packs = :lastPacks,"
                + " last_bytes = :lastBytes where server_id = :id").bind("position", row.position())
                .bind("began", row.began()).bind("packs", row.packs()).bind("bytes", row.bytes())
                .bind("lastBegan", row.lastBegan()).bind("lastEnded", row.lastEnded())
                .bind("lastPacks", row.lastPacks()).bind("lastBytes", row.lastBytes()).bind("id", row.server())
                .execute();
    }

    /** Servers of a vault with how far they are, those that nothing was read of as well. */
    public static List<ScrubRow> of(Handle handle, UUID vault) {
        return handle.createQuery("select d.server_id, coalesce(c.position, '') as position, c.began,"
                + " coalesce(c.packs, 0) as packs, coalesce(c.bytes, 0) as bytes, c.last_began, c.last_ended,"
                + " coalesce(c.last_packs, 0) as last_packs, coalesce(c.last_bytes, 0) as last_bytes"
                + " from data_servers d left join data_scrubs c on c.server_id = d.server_id"
                + " where d.vault_id = :vault order by c.last_began nulls first, d.server_id").bind("vault", vault)
                .map(ScrubTable::row).list();
    }

    /** The server to go on with: one whose round is under way, else that whose last one began longest ago. */
    public static Optional<UUID> next(Handle handle, Instant notSince) {
        return handle.createQuery("select d.server_id from data_servers d left join data_scrubs c"
                + " on c.server_id = d.server_id where c.began is not null or c.last_began is null"
                + " or c.last_began < :since order by case when c.began is not null then 0 else 1 end,"
                + " c.last_began nulls first, d.server_id limit 1").bind("since", notSince).mapTo(UUID.class).findOne();
    }

    /**
     * How many servers of each vault have packs that were read last, or stored and never read again, before a time.
     * Vaults without such servers have 0.
     */
    public static Map<UUID, Integer> late(Handle handle, Instant before) {
        return handle.createQuery("select d.vault_id, sum(case when coalesce(c.last_ended, (select min(p.committed)"
                + " from data_points p where p.server_id = d.server_id)) < :before then 1 else 0 end) as late"
                + " from data_servers d left join data_scrubs c on c.server_id = d.server_id group by d.vault_id")
                .bind("before", before).reduceResultSet(new HashMap<UUID, Integer>(), (all, r, c) -> {
                    all.put(r.getObject("vault_id", UUID.class), r.getInt("late"));
                    return all;
                });
    }

    /** Damaged packs of a vault, also those that hurt nothing any more; the newest first. */
    public static List<DamageRow> damages(Handle handle, UUID vault) {
        return handle.createQuery("select x.* from data_damages x join data_servers d on d.server_id = x.server_id"
                + " where d.vault_id = :vault order by x.found desc, x.object").bind("vault", vault)
                .map(ScrubTable::damage).list();
    }

    /** Damaged packs of a server that hurt something. */
    public static List<DamageRow> open(Handle handle, UUID server) {
        return handle.createQuery("select * from data_damages where server_id = :id and healed is null"
                + " order by object").bind("id", server).map(ScrubTable::damage).list();
    }

    /** Servers with damaged packs that hurt something. */
    public static List<UUID> hurt(Handle handle) {
        return handle.createQuery("select distinct server_id from data_damages where healed is null order by server_id")
                .mapTo(UUID.class).list();
    }

    /** Takes down a damaged pack, anew when it was healed; returns whether it was not known, or had been healed. */
    public static boolean found(Handle handle, DamageRow row) {
        String points = String.join(",", row.points());
        boolean known = handle.createUpdate("update data_damages set detail = :detail, problem = :problem,"
                + " points = :points where server_id = :id and object = :object and healed is null")
                .bind("detail", row.detail()).bind("problem", row.problem()).bind("points", points)
                .bind("id", row.server()).bind("object", row.object()).execute() == 1;
        if (!known) {
            handle.createUpdate("delete from data_damages where server_id = :id and object = :object")
                    .bind("id", row.server()).bind("object", row.object()).execute();
            handle.createUpdate("insert into data_damages (server_id, object, problem, detail, found, points)"
                    + " values (:id, :object, :problem, :detail, :found, :points)").bind("id", row.server())
                    .bind("object", row.object()).bind("problem", row.problem()).bind("detail", row.detail())
                    .bind("found", row.found()).bind("points", points).execute();
        }
        return !known;
    }

    /** Takes down that a pack hurts nothing any more. */
    public static void heal(Handle handle, UUID server, String object, Instant now) {
        handle.createUpdate("update data_damages set healed = :now, points = '' where server_id = :id"
                + " and object = :object and healed is null").bind("now", now).bind("id", server)
                .bind("object", object).execute();
    }

    /** Bytes that all servers keep. */
    public static long usedBytes(Handle handle) {
        return handle.createQuery("select coalesce(sum(used_bytes), 0) from data_servers").mapTo(Long.class).one();
    }
}
