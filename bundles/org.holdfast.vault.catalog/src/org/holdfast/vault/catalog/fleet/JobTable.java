package org.holdfast.vault.catalog.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
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
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements over jobs and their warnings. */
public final class JobTable {
    /** Columns of the list. */
    public static final Listing LISTING = Listing.of("j.*, v.name as vault_name, s.name as server_name",
            "jobs j join vaults v on v.id = j.vault_id join servers s on s.id = j.server_id")
            .column("id", "j.id", Type.ID).column("serverId", "j.server_id", Type.ID)
            .column("server", "s.name", Type.TEXT).column("kind", "j.kind", Type.TEXT)
            .column("state", "j.state", Type.TEXT).column("trigger", "j.cause", Type.TEXT)
            .column("requestedBy", "j.requested_by", Type.TEXT).column("created", "j.created", Type.TIME)
            .nullable("started", "j.started", Type.TIME).nullable("ended", "j.ended", Type.TIME)
            .nullable("policy", "j.policy", Type.TEXT).nullable("point", "j.point", Type.TEXT)
            .nullable("failure", "j.failure_code", Type.TEXT).column("warnings", "j.warning_count", Type.NUMBER)
            .key("id").order("-created").build();
    /** Columns of the list of warnings. */
    public static final Listing WARNINGS = Listing.of("w.*", "job_warnings w").column("seq", "w.seq", Type.NUMBER)
            .column("path", "w.path", Type.TEXT).column("code", "w.code", Type.TEXT).key("seq").order("seq").build();
    private static final String OPEN = "('queued', 'running', 'paused')";

    private static final String UPDATE = """
            update jobs set state = :state, started = :started, ended = :ended, point = :point,
                progress = :progress, result = :result, failure_code = :failureCode,
                failure_message = :failureMessage, failure_advice = :failureAdvice, warnings = :warnings,
                warning_count = :warningCount, last_sequence = :lastSequence, boot_id = :bootId,
                changed = :changed
            where id = :id and state in ('queued', 'running', 'paused', 'interrupted')
                and last_sequence <= :lastSequence""";
    private static final String OWN = " and exists (select 1 from servers s where s.id = jobs.server_id"
            + " and s.node_id = :node)";

    private JobTable() {
    }

    /** Adds a job; false when there is one with that id. */
    public static boolean insert(Handle handle, JobRow row) {
        return handle.createUpdate("""
                insert into jobs (id, vault_id, server_id, kind, state, cause, requested_by, created, started, ended,
                    keep_until, items, policy, policy_version, source_server, point, progress, result, failure_code,
                    failure_message, failure_advice, warnings, warning_count, resumes, last_sequence, boot_id, changed)
                values (:id, :vaultId, :serverId, :kind, :state, :cause, :requestedBy, :created, :started, :ended,
                    :keepUntil, :items, :policy, :policyVersion, :sourceServer, :point, :progress, :result,
                    :failureCode, :failureMessage, :failureAdvice, :warnings, :warningCount, :resumes,
                    :lastSequence, :bootId, :changed)
                on conflict do nothing""").bindMethods(row).execute() == 1;
    }

    /**
     * Writes everything that changes while a job runs; a job that has ended is left alone unless it was interrupted.
     */
    public static boolean update(Handle handle, JobRow row) {
        try (PreparedBatch batch = handle.prepareBatch(UPDATE)) {
            return batch.bindMethods(row).add().execute()[0] == 1;
        }
    }

    /**
     * {@link #update} for many jobs.
     *
     * @param node leaves out jobs of servers that are not this node's; null for none
     */
    public static void updateAll(Handle handle, Collection<JobRow> rows, @Nullable UUID node) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(node == null ? UPDATE : UPDATE + OWN)) {
            for (JobRow row : rows) {
                batch.bindMethods(row);
                if (node != null) {
                    batch.bind("node", node);
                }
                batch.add();
            }
            batch.execute();
        }
    }

    /** A job by identity. */
    public static Optional<JobRow> byId(Handle handle, UUID id) {
        return handle.createQuery("select * from jobs where id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /** A job as in a list. */
    public static Optional<JobListRow> listRow(Handle handle, UUID vault, UUID id) {
        return handle.createQuery("select " + LISTING.select() + " from " + LISTING.from()
                + " where j.vault_id = :vault and j.id = :id").bind("vault", vault).bind("id", id)
                .map((row, context) -> listRow(row)).findOne();
    }

    /** A server's jobs that have not ended. */
    public static List<JobRow> open(Handle handle, UUID server) {
        return handle.createQuery("select * from jobs where server_id = :server and state in " + OPEN)
                .bind("server", server).map((row, context) -> map(row)).list();
    }

    /** Jobs by identity, in no order. */
    public static List<JobRow> byIds(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of()
                : handle.createQuery("select * from jobs where id in (<ids>)").bindList("ids", List.copyOf(ids))
                        .map((row, context) -> map(row)).list();
    }

    /** All jobs that have not ended. */
    public static List<JobRow> open(Handle handle) {
        return handle.createQuery("select * from jobs where state in " + OPEN).map((row, context) -> map(row)).list();
    }

    /** A page of a vault's jobs. */
    public static Page<JobListRow> list(Handle handle, UUID vault, ListRequest request) {
        return LISTING.page(handle, "j.vault_id = :vault", Map.of("vault", vault), request,
                (row, context) -> listRow(row));
    }

    /** The results of a server's last good backups of a policy's items, the newest first. */
    public static List<String> results(Handle handle, UUID server, UUID except, int most) {
        return handle.createQuery("""
                select result from jobs where server_id = :server and id <> :except and kind = 'backup'
                    and state in ('done', 'done-with-warnings') and result is not null and items = '[]'
                order by created desc limit :most""").bind("server", server).bind("except", except)
                .bind("most", most).mapTo(String.class).list();
    }

    /** Adds warnings; those that are there already stay. */
    public static void addWarnings(Handle handle, Collection<WarningRow> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("""
                insert into job_warnings (job_id, seq, path, code, reason)
                values (:jobId, :seq, :path, :code, :reason) on conflict do nothing""")) {
            warnings.forEach(warning -> batch.bindMethods(warning).add());
            batch.execute();
        }
    }

    /** Number of named warnings of a job. */
    public static long warningCount(Handle handle, UUID job) {
        return handle.createQuery("select coalesce(max(seq), 0) from job_warnings where job_id = :job")
                .bind("job", job).mapTo(Long.class).one();
    }

    /** A page of a job's named warnings. */
    public static Page<WarningRow> warnings(Handle handle, UUID job, ListRequest request) {
        return WARNINGS.page(handle, "w.job_id = :job", Map.of("job", job), request, (row, context) -> {
            var c = new Columns(row);
            return new WarningRow(c.id("job_id"), c.number("seq"), c.text("path"), c.text("code"), c.text("reason"));
        });
    }

    /** Forgets jobs that ended before a time. */
    public static int deleteBefore(Handle handle, Instant time) {
        return handle.createUpdate("delete from jobs where ended < :time").bind("time", time).execute();
    }

    private static JobListRow listRow(ResultSet row) throws SQLException {
        return new JobListRow(map(row), row.getString("vault_name"), row.getString("server_name"));
    }

    private static JobRow map(ResultSet row) throws SQLException {
        var c = new Columns(row);
        return new JobRow(c.id("id"), c.id("vault_id"), c.id("server_id"), c.text("kind"), c.text("state"),
                c.text("cause"), c.text("requested_by"), c.time("created"), c.timeOrNull("started"),
                c.timeOrNull("ended"), c.timeOrNull("keep_until"), c.text("items"), c.textOrNull("policy"),
                c.number("policy_version"), c.idOrNull("source_server"), c.textOrNull("point"),
                c.textOrNull("progress"), c.textOrNull("result"), c.textOrNull("failure_code"),
                c.textOrNull("failure_message"), c.textOrNull("failure_advice"), c.text("warnings"),
                c.number("warning_count"), c.idOrNull("resumes"), c.number("last_sequence"), c.text("boot_id"),
                c.time("changed"));
    }
}
