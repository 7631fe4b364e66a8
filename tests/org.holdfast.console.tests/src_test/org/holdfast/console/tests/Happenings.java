package org.holdfast.console.tests;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import org.holdfast.api.fleet.JobState;
import org.holdfast.vault.catalog.Catalog;

/** Jobs and alerts in the catalogue of a fleet. They are rows only: no agent works on them. */
final class Happenings {
    private static final JobState[] STATES = { JobState.DONE, JobState.DONE, JobState.DONE,
            JobState.DONE_WITH_WARNINGS, JobState.FAILED, JobState.DONE, JobState.CANCELLED, JobState.INTERRUPTED };

    private static final String[][] ALERTS = {
            { "backup-missed", "critical", "There is no good backup for 2 days.", "Look at the last jobs." },
            { "job-failed", "critical", "The vault has no room left.", "Give the vault's disk more room." },
            { "server-lost", "warning", "Nothing was heard of the server for 20 minutes.", "See whether it runs." },
            { "job-warnings", "warning", "1,204 files could not be read.", "Look at what was skipped." },
            { "policy-drift", "warning", "The folder /srv is not there.", "Change the policy or the server." },
            { "agent-outdated", "info", "The agent is older than the vault.", "Update it." } };

    /** Servers the vault finds nothing wrong with: it would raise alerts of its own about others. */
    static final int GOOD = 3;

    private final Catalog catalog;

    Happenings(Fleet fleet) {
        catalog = fleet.node().get(Catalog.class);
    }

    static UUID job(int number) {
        return new UUID(9, number);
    }

    /** Jobs that have ended, an eighth of them each with warnings, failed, cancelled and interrupted. */
    void ended(int jobs) {
        insert(jobs, (row, vault, i) -> fill(row, vault, i, i, Duration.ofMinutes(10L + 11L * i),
                STATES[i % STATES.length]));
    }

    /** Jobs of the days before: so many each day, the oldest a week ago. */
    void history(int days, int each) {
        insert(days * each, (row, vault, i) -> fill(row, vault, 1000 + i, i % each,
                Duration.ofHours(26L + 24L * (i / each)), STATES[i * 7 % 5]));
    }

    /** The vault is older than a month, and may not become much larger. */
    void old(long quotaBytes) {
        catalog.run(handle -> handle.createUpdate("update vaults set created = :created, quota_bytes = :quota")
                .bind("created", Clock.systemUTC().instant().minus(Duration.ofDays(40))).bind("quota", quotaBytes)
                .execute());
    }

    /** Fills in one job. */
    private interface Filling {
        void fill(PreparedStatement row, UUID vault, int number) throws SQLException;
    }

    private void insert(int jobs, Filling filling) {
        catalog.run(handle -> {
            UUID vault = handle.createQuery("select id from vaults").mapTo(UUID.class).one();
            try (PreparedStatement insert = handle.getConnection().prepareStatement("""
                    insert into jobs (id, vault_id, server_id, kind, state, cause, requested_by, created, started,
                        ended, items, policy, policy_version, result, failure_code, failure_message, failure_advice,
                        warnings, warning_count, last_sequence, boot_id, changed)
                    values (?, ?, ?, 'backup', ?, 'schedule', '', ?, ?, ?, '[]', 'daily', 1, ?, ?, ?, ?, ?, ?, 0,
                        'boot', ?)""")) {
                for (int i = 0; i < jobs; i++) {
                    filling.fill(insert, vault, i);
                    insert.addBatch();
                }
                insert.executeBatch();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void fill(PreparedStatement row, UUID vault, int i, int server, Duration age, JobState state)
            throws SQLException {
        Instant created = Clock.systemUTC().instant().minus(age);
        Instant ended = created.plusSeconds(125 + 17L * (i % 100));
        boolean good = state == JobState.DONE || state == JobState.DONE_WITH_WARNINGS;
        boolean failed = state == JobState.FAILED;
        row.setObject(1, job(i));
        row.setObject(2, vault);
        row.setObject(3, new UUID(7, server));
        row.setString(4, state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row.setTimestamp(5, Timestamp.from(created));
        row.setTimestamp(6, Timestamp.from(created.plusSeconds(3)));
        row.setTimestamp(7, Timestamp.from(ended));
        row.setString(8, good ? """
                {"files":%d,"bytes":%d,"filesNew":12,"filesChanged":40,"filesUnchanged":1200,"filesRemoved":3,
                "bytesRead":%d,"storedBytes":%d,"excluded":0,"entropy":-1,"resumed":false}"""
                .formatted(1255 + 100 * i, 90_000_000_000L + i, 7_300_000_000L, 1_450_000_000L) : null);
        row.setString(9, failed ? "store-full" : null);
        row.setString(10, failed ? "The vault has no room left." : null);
        row.setString(11, failed ? "Give the vault's disk more room." : null);
        row.setString(12, state == JobState.DONE_WITH_WARNINGS ? "{\"file-locked\":3,\"access-denied\":1}" : "{}");
        row.setLong(13, state == JobState.DONE_WITH_WARNINGS ? 4 : 0);
        row.setTimestamp(14, Timestamp.from(ended));
    }

    /** Alerts that are open: of six causes in turn, the first two of them critical. */
    void alerts(int alerts) {
        catalog.run(handle -> {
            UUID vault = handle.createQuery("select id from vaults").mapTo(UUID.class).one();
            for (int i = 0; i < alerts; i++) {
                Instant raised = Clock.systemUTC().instant().minus(Duration.ofMinutes(5L + 90L * i));
                String[] what = ALERTS[i % ALERTS.length];
                handle.createUpdate("""
                        insert into alerts (id, vault_id, server_id, kind, severity, state, open_key, message, advice,
                            occurrences, raised, last_seen, remark, version)
                        values (:id, :vault, :server, :kind, :severity, 'open', :key, :message, :advice, :count,
                            :raised, :last, '', 1)""").bind("id", new UUID(11, i)).bind("vault", vault)
                        .bind("server", new UUID(7, i % GOOD)).bind("kind", what[0]).bind("severity", what[1])
                        .bind("key", "test:" + i).bind("message", what[2]).bind("advice", what[3])
                        .bind("count", 1 + i % 5).bind("raised", raised).bind("last", raised.plusSeconds(200L * i))
                        .execute();
            }
        });
    }
}
