package org.holdfast.console.monitor.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.AlertState;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.Severity;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.Row;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.protocol.people.Me;

/**
 * Watches for what a person is told of: jobs that this person started and that have ended, and critical alerts that
 * are new. What was there when a vault server was read first is old. Several at a time become one notice.
 */
public final class Notices implements AutoCloseable {
    /** What is known of the list of one vault server: what has been told, or was there from the beginning. */
    private static final class Seen<T> {
        private final Map<FleetSession, Set<String>> known = new HashMap<>();
        private final Function<LiveFleet, LiveList<T>> list;
        private final Predicate<Row<T>> wanted;
        private final Function<T, String> id;

        Seen(Function<LiveFleet, LiveList<T>> list, Predicate<Row<T>> wanted, Function<T, String> id) {
            this.list = list;
            this.wanted = wanted;
            this.id = id;
        }

        /** What is wanted and was not there before. */
        synchronized List<Row<T>> fresh(List<FleetSession> sessions) {
            known.keySet().retainAll(sessions);
            List<Row<T>> fresh = new ArrayList<>();
            for (FleetSession session : sessions) {
                if (session.me() == null || list.apply(session.live()).status().state() != LiveList.State.COMPLETE) {
                    continue;
                }
                List<Row<T>> now = list.apply(session.live()).snapshot().stream()
                        .map(value -> new Row<>(session, value)).filter(wanted).toList();
                Set<String> before = known.get(session);
                Set<String> ids = new HashSet<>();
                now.forEach(row -> ids.add(id.apply(row.value())));
                if (before != null) {
                    now.stream().filter(row -> !before.contains(id.apply(row.value()))).forEach(fresh::add);
                }
                known.put(session, ids);
            }
            return fresh;
        }
    }

    private final VaultConnections connections;
    private final Formats formats;
    private final Consumer<Notice> tell;
    private final BooleanSupplier jobsWanted;
    private final BooleanSupplier alertsWanted;
    private final Seen<JobSummary> jobs = new Seen<>(LiveFleet::jobs, Notices::isMine, JobSummary::id);
    private final Seen<AlertSummary> alerts = new Seen<>(LiveFleet::alerts,
            row -> row.value().severity() == Severity.CRITICAL && row.value().state() == AlertState.OPEN,
            AlertSummary::id);
    private final FleetRows<JobSummary> jobRows;
    private final FleetRows<AlertSummary> alertRows;

    /**
     * @param jobsWanted whether jobs are told of at present
     * @param alertsWanted whether alerts are told of at present
     * @param tell told on background threads
     */
    public Notices(VaultConnections connections, Formats formats, BooleanSupplier jobsWanted,
            BooleanSupplier alertsWanted, Consumer<Notice> tell) {
        this.connections = connections;
        this.formats = formats;
        this.jobsWanted = jobsWanted;
        this.alertsWanted = alertsWanted;
        this.tell = tell;
        jobRows = new FleetRows<>(connections, LiveFleet::jobs, rows -> jobsChanged());
        alertRows = new FleetRows<>(connections, LiveFleet::alerts, rows -> alertsChanged());
    }

    private static boolean isMine(Row<JobSummary> row) {
        Me me = row.session().me();
        JobSummary job = row.value();
        return job.state().isFinal() && me != null && job.trigger() == JobTrigger.REQUEST
                && job.requestedBy().equals(me.user());
    }

    private void jobsChanged() {
        List<Row<JobSummary>> fresh = jobs.fresh(connections.sessions());
        if (!fresh.isEmpty() && jobsWanted.getAsBoolean()) {
            tell.accept(fresh.size() == 1 ? job(fresh.getFirst()) : jobs(fresh));
        }
    }

    private Notice job(Row<JobSummary> row) {
        JobSummary job = row.value();
        return new Notice(JobWords.icon(job.state()),
                NLS.bind(Messages.notice_job, NLS.bind(Messages.job_of, JobWords.kind(job.kind()), job.server()),
                        JobWords.state(job.state())),
                job.failure() == null ? "" : job.failure().message(), MonitorIds.SHOW_JOBS,
                JobScope.of(job).parameters());
    }

    private Notice jobs(List<Row<JobSummary>> rows) {
        long bad = rows.stream().filter(r -> r.value().state() == JobState.FAILED
                || r.value().state() == JobState.INTERRUPTED).count();
        long servers = rows.stream().map(r -> r.value().serverId()).distinct().count();
        return new Notice(bad > 0 ? Icon.ERROR : Icon.COMPLETED,
                Texts.bind(Messages.notice_jobs, formats.count(rows.size()), formats.count(servers)),
                bad > 0 ? NLS.bind(Messages.notice_jobsFailed, formats.count(bad)) : "", MonitorIds.SHOW_JOBS,
                JobScope.ALL.in(rows.stream().map(r -> r.value().state()).distinct().toArray(JobState[]::new))
                        .lastDay().parameters());
    }

    private void alertsChanged() {
        List<Row<AlertSummary>> fresh = alerts.fresh(connections.sessions());
        if (fresh.isEmpty() || !alertsWanted.getAsBoolean()) {
            return;
        }
        AlertSummary first = fresh.getFirst().value();
        tell.accept(fresh.size() == 1
                ? new Notice(Icon.ERROR,
                        NLS.bind(Messages.alert_of, AlertWords.cause(first.kind()),
                                AlertWords.about(fresh.getFirst())),
                        first.message(), MonitorIds.SHOW_ALERTS, Map.of(MonitorIds.ALERTS_TEXT, first.id()))
                : new Notice(Icon.ERROR, NLS.bind(Messages.notice_alerts, formats.count(fresh.size())), "",
                        MonitorIds.SHOW_ALERTS, Map.of(MonitorIds.ALERTS_CHIPS, "critical")));
    }

    @Override
    public void close() {
        jobRows.close();
        alertRows.close();
    }
}
