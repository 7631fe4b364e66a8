package org.holdfast.vault.catalog.fleet;

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

    private AlertTable() {
    }

    /** Adds an alert unless its cause has an open one. */
    public static boolean insert(Handle handle, AlertRow row) {
        return handle.createUpdate("""
                insert into alerts (id, vault_id, server_id, kind, severity, state, open_key, message, advice, job_id,
                    occurrences, raised, last_seen, closed, acknowledged_by, remark, muted_until, version,
                    code)
                values (:id, :vaultId, :serverId, :kind, :severity, :state, :openKey, :message, :advice, :jobId,
                    :occurrences, :raised, :lastSeen, :closed, :acknowledgedBy, :remark, :mutedUntil, :version,
                    :code)
                on conflict do nothing""").bindMethods(row)
                .execute() == 1;
    }

    /** Counts the cause of an open alert once more. */
    public static Optional<UUID> again(Handle handle, AlertRow row) {
        handle.createUpdate("""
                update alerts set occurrences = occurrences + 1, last_seen = :lastSeen, message = :message,
                    advice = :advice, job_id = :jobId, severity = :severity, code = :code where open_key = :openKey""")
                .bindMethods(row).execute();
        return handle.createQuery("select id from alerts where open_key = :key").bind("key", row.openKey())
                .mapTo(UUID.class).findOne();
    }

    /** Closes the alert of a cause; its id when there was one. */
    public static Optional<UUID> close(Handle handle, String openKey, Instant at) {
        Optional<UUID> open = handle.createQuery("select id from alerts where open_key = :key for update")
                .bind("key", openKey).mapTo(UUID.class).findOne();
        open.ifPresent(id -> handle.createUpdate("""
                update alerts set state = 'closed', open_key = null, closed = :at, version = version + 1
                where id = :id""").bind("id", id).bind("at", at).execute());
        return open;
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
