package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Listing;
import org.holdfast.vault.catalog.Listing.Type;
import org.holdfast.vault.catalog.Page;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements over alerts. */
public final class AlertTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("a.*, v.name as vault_name, s.name as server_name",
            "alerts a left join vaults v on v.id = a.vault_id left join servers s on s.id = a.server_id")
            .column("id", "a.id", Type.ID).nullable("serverId", "a.server_id", Type.ID)
            .nullable("server", "s.name", Type.TEXT).column("kind", "a.kind", Type.TEXT)
            .column("severity", "a.severity", Type.TEXT).column("state", "a.state", Type.TEXT)
            .column("message", "a.message", Type.TEXT).column("count", "a.occurrences", Type.NUMBER)
            .column("raised", "a.raised", Type.TIME).column("lastSeen", "a.last_seen", Type.TIME)
            .nullable("closed", "a.closed", Type.TIME).nullable("acknowledgedBy", "a.acknowledged_by", Type.TEXT)
            .nullable("code", "a.code", Type.TEXT)
            .nullable("mutedUntil", "a.muted_until", Type.TIME).key("id").order("-raised").build();

    private static final String INSERT = """
            insert into alerts (id, vault_id, server_id, kind, severity, state, open_key, message, advice, job_id,
                occurrences, raised, last_seen, closed, acknowledged_by, remark, muted_until, version, code)
            values (:id, :vaultId, :serverId, :kind, :severity, :state, :openKey, :message, :advice, :jobId,
                :occurrences, :raised, :lastSeen, :closed, :acknowledgedBy, :remark, :mutedUntil, :version, :code)
            on conflict do nothing""";

    private AlertTable() {
    }

    /**
     * What became of alerts.
     *
     * @param added ids of those that are new
     * @param repeated ids of those that were open and have been counted once more
     */
    public record Raised(Set<UUID> added, Set<UUID> repeated) {
    }

    /** Adds alerts; what has an open one of its cause counts it once more. */
    public static Raised raise(Handle handle, List<AlertRow> rows) {
        var raised = new Raised(new LinkedHashSet<>(), new LinkedHashSet<>());
        if (!rows.isEmpty()) {
            try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
                rows.forEach(row -> batch.bindMethods(row).add());
                int[] added = batch.execute();
                for (int i = 0; i < added.length; i++) {
                    AlertRow row = rows.get(i);
                    if (added[i] == 1) {
                        raised.added().add(row.id());
                    } else {
                        again(handle, row).ifPresent(raised.repeated()::add);
                    }
                }
            }
        }
        return raised;
    }

    /** Counts the cause of an open alert once more. */
    private static Optional<UUID> again(Handle handle, AlertRow row) {
        handle.createUpdate("""
                update alerts set occurrences = occurrences + 1, last_seen = :lastSeen, message = :message,
                    advice = :advice, job_id = :jobId, severity = :severity, code = :code where open_key = :openKey""")
                .bindMethods(row).execute();
        return handle.createQuery("select id from alerts where open_key = :key").bind("key", row.openKey())
                .mapTo(UUID.class).findOne();
    }

    /** Closes the alerts of causes; ids of those that there were, each with its cause. */
    public static Map<UUID, String> close(Handle handle, Collection<String> openKeys, Instant at) {
        var closed = new LinkedHashMap<UUID, String>();
        if (openKeys.isEmpty()) {
            return closed;
        }
        handle.createQuery("select id, open_key from alerts where open_key in (<keys>) for update")
                .bindList("keys", List.copyOf(openKeys)).map((row, context) -> {
                    var c = new Columns(row);
                    return Map.entry(c.id("id"), c.text("open_key"));
                }).forEach(entry -> closed.put(entry.getKey(), entry.getValue()));
        if (!closed.isEmpty()) {
            handle.createUpdate("""
                    update alerts set state = 'closed', open_key = null, closed = :at, version = version + 1
                    where id in (<ids>)""").bind("at", at).bindList("ids", List.copyOf(closed.keySet())).execute();
        }
        return closed;
    }

    /** Names of the causes of all open alerts. */
    public static List<String> openKeys(Handle handle) {
        return handle.createQuery("select open_key from alerts where open_key is not null").mapTo(String.class).list();
    }

    /** Writes what a person decided about an open alert. */
    public static boolean decide(Handle handle, UUID id, String state, @Nullable String by, String remark,
            @Nullable Instant mutedUntil) {
        return handle.createUpdate("""
                update alerts set state = :state, acknowledged_by = :by, remark = :remark, muted_until = :until,
                    version = version + 1 where id = :id and open_key is not null""").bind("id", id)
                .bind("state", state).bindByType("by", by, String.class).bind("remark", remark)
                .bindByType("until", mutedUntil, Instant.class).execute() == 1;
    }

    /** Ends what was muted until a time; the alerts concerned. */
    public static List<UUID> unmute(Handle handle, Instant now) {
        List<UUID> due = handle.createQuery("select id from alerts where state = 'muted' and muted_until <= :now")
                .bind("now", now).mapTo(UUID.class).list();
        for (UUID id : due) {
            handle.createUpdate("""
                    update alerts set state = case when acknowledged_by is null then 'open' else 'acknowledged' end,
                        muted_until = null, version = version + 1 where id = :id""").bind("id", id).execute();
        }
        return due;
    }

    /** An alert as in a list. */
    public static Optional<AlertListRow> listRow(Handle handle, UUID id) {
        return handle.createQuery("select " + LISTING.select() + " from " + LISTING.from() + " where a.id = :id")
                .bind("id", id).map((row, context) -> map(row)).findOne();
    }

    /** Alerts as in a list, in no order. */
    public static List<AlertListRow> listRows(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of()
                : handle.createQuery(
                        "select " + LISTING.select() + " from " + LISTING.from() + " where a.id in (<ids>)")
                        .bindList("ids", List.copyOf(ids)).map((row, context) -> map(row)).list();
    }

    /** A page of a vault's alerts. */
    public static Page<AlertListRow> list(Handle handle, UUID vault, ListRequest request) {
        return LISTING.page(handle, "a.vault_id = :vault", Map.of("vault", vault), request,
                (row, context) -> map(row));
    }

    /** A page of all alerts of the installation. */
    public static Page<AlertListRow> list(Handle handle, ListRequest request) {
        return LISTING.page(handle, "", Map.of(), request, (row, context) -> map(row));
    }

    private static AlertListRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        var alert = new AlertRow(c.id("id"), c.idOrNull("vault_id"), c.idOrNull("server_id"), c.text("kind"),
                c.text("severity"), c.text("state"), c.textOrNull("open_key"), c.text("message"), c.text("advice"),
                c.idOrNull("job_id"), c.number("occurrences"), c.time("raised"), c.time("last_seen"),
                c.timeOrNull("closed"), c.textOrNull("acknowledged_by"), c.text("remark"),
                c.timeOrNull("muted_until"), c.number("version"), c.textOrNull("code"));
        return new AlertListRow(alert, c.textOrNull("vault_name"), c.textOrNull("server_name"));
    }
}
