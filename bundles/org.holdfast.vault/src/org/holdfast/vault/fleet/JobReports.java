package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.WarningDetail;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.JobRow;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.catalog.fleet.WarningRow;
import org.holdfast.vault.fleet.LiveServer.Pending;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What agents tell of jobs. Every job ends in a true state: what its agent no longer knows, or an agent that is gone,
 * ends it as interrupted. Thread-safe.
 */
@Component(service = JobReports.class)
public final class JobReports {
    /** How long an agent may be silent about a job while it talks. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(60);
    private static final int MOST_CODES = 100;
    private static final int MOST_DETAILS = 10_000;
    private static final int DETAILS_OF_AN_EVENT = 1000;

    private final Catalog catalog;
    private final Clock clock;
    private final Presence presence;
    private final JobBook book;
    private final PolicyResolver policies;

    /** Reports into a book of jobs. */
    @Activate
    public JobReports(@Reference Catalog catalog, @Reference Clock clock, @Reference Presence presence,
            @Reference JobBook book, @Reference PolicyResolver policies) {
        this.catalog = catalog;
        this.clock = clock;
        this.presence = presence;
        this.book = book;
        this.policies = policies;
    }

    /**
     * An agent tells of a job that it has begun by itself; the same id again is the same job.
     *
     * @throws Refusal of kind NOT_FOUND when the id is another server's
     */
    public JobEventsAnswer begun(UUID server, JobStart said) {
        LiveServer live = presence.get(server);
        UUID id = Wire.idOrNull(said.id());
        if (id == null) {
            throw Refusal.invalid("id", "The id of a job is a UUID.");
        }
        Jobs.checkItems(said.items());
        if (said.kind() == null || said.trigger() == null || said.trigger() == JobTrigger.REQUEST) {
            throw Refusal.invalid("trigger", "An agent says what it does and why it began by itself.");
        }
        if (said.point() != null && said.point().length() > 64) {
            throw Refusal.invalid("point", "The id of a point has 32 hex digits.");
        }
        Instant now = clock.instant();
        live.sign(now);
        Policy policy = policies.resolve(live).policy();
        var row = new JobRow(id, live.vaultId, live.id, Wire.of(said.kind()), Wire.of(JobState.RUNNING),
                Wire.of(said.trigger()), "", now, now, null, Jobs.bounded(said.keepUntil()), Json.text(said.items()),
                policy == null ? null : policy.name(), policy == null ? 0 : policy.version(), null, said.point(), null,
                null, null, null, null, "{}", 0, Wire.idOrNull(said.resumes()), 0, live.bootId, now);
        if (catalog.<Boolean>write(handle -> JobTable.insert(handle, row))) {
            LiveJob job = new LiveJob(row, now);
            book.add(live, job);
            book.tellAll(live, job, now);
        }
        return report(server, id, new JobEvents(live.bootId, List.of()));
    }

    /**
     * An agent tells what happened in a job; what it told before is skipped.
     *
     * @throws Refusal of kind NOT_FOUND when there is no such job of this server
     */
    public JobEventsAnswer report(UUID server, UUID id, JobEvents said) {
        LiveServer live = presence.get(server);
        if (said.events().size() > JobEvents.MOST) {
            throw Refusal.invalid("events", "A report has at most " + JobEvents.MOST + " events.");
        }
        Instant now = clock.instant();
        live.sign(now);
        LiveJob job = find(live, id);
        boolean stateChanged = false;
        boolean news = false;
        var details = new ArrayList<WarningRow>();
        synchronized (job) {
            if (!job.state.isFinal()) {
                job.seen = now;
                job.bootId = Wire.plain(said.bootId(), 64);
            }
            for (JobEvent event : said.events()) {
                if (event.sequence() > job.lastSequence) {
                    stateChanged |= apply(job, event, now);
                    collect(details, job, event);
                    job.lastSequence = event.sequence();
                    news = true;
                }
            }
            stateChanged |= job.unwritten;
        }
        if (!details.isEmpty() && reportsPaths(live)) {
            catalog.run(handle -> JobTable.addWarnings(handle, details));
        }
        if (stateChanged || news && !live.mine) {
            if (!book.changed(live, job)) {
                // Another node took the server over in this moment; it goes to the catalogue, as it is now.
                return report(server, id, said);
            }
        } else if (news) {
            book.progressed(live, job);
        }
        synchronized (job) {
            return new JobEventsAnswer(job.lastSequence, job.state, job.isWatched(now));
        }
    }

    private LiveJob find(LiveServer server, UUID id) {
        LiveJob job = book.find(id);
        if (job == null) {
            JobRow row = catalog.read(handle -> JobTable.byId(handle, id)).orElseThrow(() -> Refusal.notFound("job"));
            job = new LiveJob(row, clock.instant());
            if (server.mine && !job.state.isFinal() && row.serverId().equals(server.id)) {
                // Another node has made it, and what it told of that is still on its way.
                book.add(server, job);
            }
        }
        if (!job.serverId.equals(server.id)) {
            throw Refusal.notFound("job");
        }
        return job;
    }

    /** Applies an event; whether the state is another one now. */
    private static boolean apply(LiveJob job, JobEvent event, Instant now) {
        JobState next = event.state();
        boolean corrects = job.state == JobState.INTERRUPTED && next != null && next.isFinal()
                && next != JobState.INTERRUPTED;
        if (job.state.isFinal() && !corrects) {
            return false;
        }
        if (event.progress() != null) {
            job.progress = event.progress();
        }
        if (!event.warnings().isEmpty()) {
            job.warnings = bounded(event.warnings());
        }
        if (event.result() != null) {
            job.result = event.result();
            String point = event.result().point();
            if (point != null && point.length() <= 64) {
                job.point = point;
            }
        }
        if (event.failure() != null) {
            job.failure = event.failure();
        }
        if (next == null || next == job.state || next == JobState.QUEUED) {
            return false;
        }
        if (next == JobState.DONE && !job.warnings.isEmpty()) {
            next = JobState.DONE_WITH_WARNINGS;
        }
        if (next == JobState.FAILED && job.failure == null) {
            job.failure = new JobFailure("internal", "The agent gave no reason.", "Look at the agent's log.");
        }
        if (next == JobState.DONE || next == JobState.DONE_WITH_WARNINGS) {
            job.failure = null;
        }
        job.become(next, now);
        return true;
    }

    private static Map<String, Long> bounded(Map<String, Long> warnings) {
        var bounded = new LinkedHashMap<String, Long>();
        for (var entry : warnings.entrySet()) {
            Long count = entry.getValue();
            if (bounded.size() < MOST_CODES && count != null && count > 0) {
                bounded.put(Wire.plain(entry.getKey(), 64), Math.min(count, Integer.MAX_VALUE));
            }
        }
        return bounded;
    }

    private static void collect(List<WarningRow> rows, LiveJob job, JobEvent event) {
        int place = 0;
        for (WarningDetail detail : event.details()) {
            long seq = event.sequence() * DETAILS_OF_AN_EVENT + place++;
            if (place < DETAILS_OF_AN_EVENT && job.detailCount < MOST_DETAILS) {
                job.detailCount++;
                rows.add(new WarningRow(job.id, seq, Wire.plain(detail.path(), 4096), Wire.plain(detail.code(), 64),
                        Wire.plain(detail.reason(), 1000)));
            }
        }
    }

    private boolean reportsPaths(LiveServer server) {
        Policy policy = policies.resolve(server).policy();
        return policy != null && policy.reportPaths();
    }

    /** The agent has taken commands: from now on it has to know of their jobs. */
    void taken(Collection<Pending> commands) {
        Instant now = clock.instant();
        for (Pending pending : commands) {
            LiveJob job = pending.job == null ? null : book.find(pending.job);
            if (job != null) {
                synchronized (job) {
                    if (job.seen == null) {
                        job.seen = now;
                    }
                }
            }
        }
    }

    /** Compares what an agent says it is at with what it should know of. */
    void running(LiveServer server, String bootId, Collection<String> ids) {
        Instant now = clock.instant();
        for (LiveJob job : book.of(server)) {
            boolean interrupted = false;
            synchronized (job) {
                Instant seen = job.seen;
                if (ids.contains(job.id.toString())) {
                    job.seen = now;
                } else if (seen != null && !job.state.isFinal()) {
                    boolean restarted = !job.bootId.isEmpty() && !job.bootId.equals(bootId);
                    interrupted = restarted || Duration.between(seen, now).compareTo(FORGOTTEN) >= 0;
                }
                if (interrupted) {
                    interrupt(job, "agent-restarted", "The agent no longer knows of the job.", now);
                }
            }
            if (interrupted) {
                book.changed(server, job);
            }
        }
    }

    /** The server is lost: whatever it was at has been interrupted. Jobs that it was never told of stay queued. */
    void lost(LiveServer server) {
        end(server, "agent-lost", "The server has not been heard of for three minutes.", false);
    }

    /** Has everything about a server at this node, for what cannot be done from elsewhere. */
    void take(LiveServer server) {
        book.take(server);
    }

    /** The server is given up. */
    void retired(LiveServer server) {
        end(server, "server-retired", "The server was retired.", true);
    }

    private void end(LiveServer server, String code, String why, boolean all) {
        Instant now = clock.instant();
        for (LiveJob job : book.of(server)) {
            synchronized (job) {
                if (job.state.isFinal() || !all && job.seen == null) {
                    continue;
                }
                interrupt(job, code, why, now);
            }
            book.changed(server, job);
        }
    }

    private static void interrupt(LiveJob job, String code, String why, Instant now) {
        job.failure = new JobFailure(code, why, "The next backup goes on from the last checkpoint.");
        job.become(JobState.INTERRUPTED, now);
    }

    /** The time of a command is over: a job that it was to begin has failed. */
    void expired(LiveServer server, Pending pending) {
        LiveJob job = pending.job == null ? null : book.find(pending.job);
        if (job == null) {
            return;
        }
        Instant now = clock.instant();
        synchronized (job) {
            if (job.state != JobState.QUEUED || job.seen != null) {
                return;
            }
            job.failure = new JobFailure("agent-not-reached", "The agent did not call in time to take the job.",
                    "Check that the server is on and its agent runs, then start the job again.");
            job.become(JobState.FAILED, now);
        }
        book.changed(server, job);
    }
}
