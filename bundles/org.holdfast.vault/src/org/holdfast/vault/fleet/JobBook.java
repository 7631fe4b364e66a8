package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.LastDrill;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.CommandRow;
import org.holdfast.vault.catalog.fleet.CommandTable;
import org.holdfast.vault.catalog.fleet.DrillRow;
import org.holdfast.vault.catalog.fleet.DrillTable;
import org.holdfast.vault.catalog.fleet.JobRow;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.nodes.NodeTable;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.events.VaultEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that have not ended, in memory: states are written at once, progress now and then. Thread-safe.
 */
@Component(service = JobBook.class)
public final class JobBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobBook.class);
    /** How old progress in the catalogue may be. */
    private static final Duration WRITE_EVERY = Duration.ofSeconds(30);
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);
    private static final Duration TELL_UNWATCHED_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final int FEW = 20;

    private final Catalog catalog;
    private final Clock clock;
    private final Vaults vaults;
    private final Presence presence;
    private final Signals signals;
    private final EventBus bus;
    private final JobConsequences consequences;
    private final Commands commands;
    private final ConcurrentMap<UUID, LiveJob> jobs = new ConcurrentHashMap<>();

    /** Takes all jobs of the catalogue that have not ended into memory; a restart of the node ends none of them. */
    @Activate
    public JobBook(@Reference Catalog catalog, @Reference Clock clock, @Reference Vaults vaults,
            @Reference Presence presence, @Reference Commands commands, @Reference Signals signals,
            @Reference EventBus bus, @Reference JobConsequences consequences) {
        this.catalog = catalog;
        this.clock = clock;
        this.vaults = vaults;
        this.presence = presence;
        this.commands = commands;
        this.signals = signals;
        this.bus = bus;
        this.consequences = consequences;
        for (JobRow row : catalog.<List<JobRow>>read(JobTable::open)) {
            LiveServer server = presence.find(row.serverId());
            if (server != null && server.mine) {
                add(server, job(server, row));
            }
        }
    }

    /** As it is in the catalogue; what its agent was told of must be known to it. */
    private LiveJob job(LiveServer server, JobRow row) {
        Instant now = clock.instant();
        LiveJob job = new LiveJob(row, now);
        synchronized (server) {
            if (job.state == JobState.QUEUED && server.commands.values().stream()
                    .noneMatch(pending -> job.id.equals(pending.job))) {
                job.seen = now;
            }
        }
        return job;
    }

    /**
     * Takes a server over: from now on this node has the truth about it, and the one before forgets it. Nothing happens
     * when it is this node's already.
     */
    void take(LiveServer server) {
        UUID node = presence.node();
        if (server.mine || node == null) {
            return;
        }
        synchronized (server.taking) {
            if (server.mine) {
                return;
            }
            boolean taken = catalog.write(handle -> NodeTable.take(handle, server.id, node));
            load(server);
            if (taken) {
                signals.signal("took:" + server.id);
            }
        }
    }

    /** Reads everything about a server that is this node's by the catalogue. */
    void load(LiveServer server) {
        record Facts(@Nullable ServerRow row, List<CommandRow> commands, List<JobRow> jobs, @Nullable DrillRow drills) {
        }
        boolean whole = false;
        while (!whole) {
            long before = server.reads;
            Facts facts = catalog.read(handle -> new Facts(ServerTable.byId(handle, server.id).orElse(null),
                    CommandTable.of(handle, server.id), JobTable.open(handle, server.id),
                    DrillTable.byId(handle, server.id).orElse(null)));
            ServerRow row = facts.row();
            whole = row == null || row.retired() != null
                    || restore(server, row, before, facts.commands(), facts.jobs(), facts.drills());
        }
    }

    private boolean restore(LiveServer server, ServerRow row, long before, List<CommandRow> orders,
            List<JobRow> open, @Nullable DrillRow drills) {
        synchronized (server) {
            if (!server.restore(row, before, clock.instant())) {
                return false;
            }
            forget(server);
            if (drills != null) {
                server.drills(drills);
            }
        }
        commands.take(server, Set.of(), orders);
        open.forEach(each -> add(server, job(server, each)));
        return true;
    }

    /** As {@link #load} for many servers at once. */
    void loadAll(List<LiveServer> servers) {
        if (servers.size() <= FEW) {
            for (LiveServer server : servers) {
                synchronized (server.taking) {
                    if (!server.mine) {
                        load(server);
                    }
                }
            }
            return;
        }
        Map<UUID, Long> before = servers.stream().collect(Collectors.toMap(each -> each.id, each -> each.reads));
        Map<UUID, List<CommandRow>> orders = catalog.<List<CommandRow>>read(CommandTable::all).stream()
                .collect(Collectors.groupingBy(CommandRow::serverId));
        Map<UUID, List<JobRow>> open = catalog.<List<JobRow>>read(JobTable::open).stream()
                .collect(Collectors.groupingBy(JobRow::serverId));
        Map<UUID, ServerRow> rows = catalog.<List<ServerRow>>read(ServerTable::active).stream()
                .collect(Collectors.toMap(ServerRow::id, Function.identity()));
        Map<UUID, DrillRow> drills = catalog.<List<DrillRow>>read(DrillTable::active).stream()
                .collect(Collectors.toMap(DrillRow::serverId, Function.identity()));
        for (LiveServer server : servers) {
            ServerRow row = rows.get(server.id);
            synchronized (server.taking) {
                if (row != null && !server.mine && !restore(server, row, before.getOrDefault(server.id, 0L),
                        orders.getOrDefault(server.id, List.of()), open.getOrDefault(server.id, List.of()),
                        drills.get(server.id))) {
                    load(server);
                }
            }
        }
    }

    /** Another node has the truth about a server. */
    void lose(LiveServer server) {
        synchronized (server) {
            server.mine = false;
            forget(server);
        }
    }

    private void forget(LiveServer server) {
        server.jobs.values().forEach(job -> jobs.remove(job.id, job));
        server.jobs.clear();
        server.commands.clear();
    }

    /** Another node has written a job of a server that is this node's. */
    void heard(LiveServer server, JobRow row) {
        LiveJob known = jobs.get(row.id());
        boolean over = Wire.to(JobState.class, row.state()).isFinal();
        if (known == null) {
            if (!over) {
                add(server, job(server, row));
            }
            return;
        }
        synchronized (known) {
            if (row.lastSequence() < known.lastSequence || row.lastSequence() == known.lastSequence && !over) {
                return;
            }
        }
        jobs.remove(known.id, known);
        synchronized (server) {
            server.jobs.remove(known.id, known);
        }
        if (over) {
            commands.forget(server, row.id());
            presence.reload(server.id);
            ended(server, row);
        } else {
            add(server, job(server, row));
        }
    }

    private static void ended(LiveServer server, JobRow row) {
        LastDrill drill = row.kind().equals(Wire.of(JobKind.DRILL)) ? drill(server, row) : null;
        if (drill != null) {
            synchronized (server) {
                server.lastDrill = drill;
                server.untold = true;
                server.stale = true;
            }
        }
        if (row.kind().equals(Wire.of(JobKind.BACKUP)) && row.items().equals("[]")) {
            JobState state = Wire.to(JobState.class, row.state());
            synchronized (server) {
                server.lastOutcome = row.state();
                Instant begun = row.started();
                Instant last = server.lastBackup;
                if ((state == JobState.DONE || state == JobState.DONE_WITH_WARNINGS) && begun != null
                        && (last == null || last.isBefore(begun))) {
                    server.lastBackup = begun;
                }
                server.stale = true;
            }
        }
    }

    /** A job that has not ended, or null. */
    @Nullable
    LiveJob find(UUID id) {
        return jobs.get(id);
    }

    /** The jobs of a server that have not ended. */
    List<LiveJob> of(LiveServer server) {
        synchronized (server) {
            return server.jobs.isEmpty() ? List.of() : List.copyOf(server.jobs.values());
        }
    }

    void add(LiveServer server, LiveJob job) {
        synchronized (server) {
            if (server.mine) {
                jobs.put(job.id, job);
                server.jobs.put(job.id, job);
            }
        }
    }

    /**
     * Writes a job, tells watchers, and when it has ended draws the consequences. Not under the job's lock.
     *
     * @return false when nothing was written, because another node has taken the server over meanwhile
     */
    boolean changed(LiveServer server, LiveJob job) {
        Instant now = clock.instant();
        JobRow row;
        boolean ended;
        boolean good;
        boolean whole;
        boolean written;
        boolean own = server.mine;
        LastDrill drill;
        job.writing.lock();
        try {
            synchronized (job) {
                row = job.take(now);
                ended = job.state.isFinal();
                good = job.state == JobState.DONE || job.state == JobState.DONE_WITH_WARNINGS;
            }
            whole = row.kind().equals(Wire.of(JobKind.BACKUP)) && row.items().equals("[]");
            drill = ended && row.kind().equals(Wire.of(JobKind.DRILL)) ? drill(server, row) : null;
            Written how = write(server, row, ended && whole, good, own, drill);
            if (how == Written.ELSEWHERE) {
                lose(server);
                return false;
            }
            written = how == Written.YES;
            synchronized (job) {
                job.unwritten &= !row.state().equals(Wire.of(job.state));
            }
        } finally {
            job.writing.unlock();
        }
        if (ended) {
            jobs.remove(job.id, job);
            synchronized (server) {
                server.jobs.remove(job.id, job);
                if (written && whole) {
                    server.lastOutcome = row.state();
                    Instant begun = row.started();
                    Instant last = server.lastBackup;
                    if (good && begun != null && (last == null || last.isBefore(begun))) {
                        server.lastBackup = begun;
                    }
                }
                if (written && drill != null) {
                    server.lastDrill = drill;
                    server.untold = true;
                }
                server.stale = true;
            }
            commands.forget(server, job.id);
        }
        if (written) {
            tellAll(server, job, now);
            if (ended) {
                drawConsequences(server, row);
            }
        }
        return true;
    }

    private enum Written {
        YES,
        /** It had ended before. */
        NO,
        ELSEWHERE
    }

    private static @Nullable LastDrill drill(LiveServer server, JobRow row) {
        synchronized (server) {
            return DrillHealth.result(row, server.lastDrill);
        }
    }

    private void drawConsequences(LiveServer server, JobRow row) {
        try {
            consequences.of(server, row);
        } catch (RuntimeException e) {
            LOG.error("nobody could be told what the end of job {} means", row.id(), e);
        }
    }

    private Written write(LiveServer server, JobRow row, boolean counts, boolean good, boolean own,
            @Nullable LastDrill drill) {
        UUID node = presence.node();
        return catalog.write(handle -> {
            if (node != null && own && !NodeTable.holds(handle, server.id, node)) {
                return Written.ELSEWHERE;
            }
            boolean updated = JobTable.update(handle, row);
            if (updated && counts) {
                ServerTable.setBackup(handle, server.id, row.state(), good ? row.started() : null);
            }
            if (updated && drill != null) {
                DrillTable.setResult(handle, server.id, Wire.of(drill.good() ? DrillState.GOOD : DrillState.FAILED),
                        drill.at(), Json.text(drill));
            }
            return updated ? Written.YES : Written.NO;
        });
    }

    /** Tells watchers how a job is, not too often. */
    void progressed(LiveServer server, LiveJob job) {
        Instant now = clock.instant();
        Duration pause;
        Instant told;
        boolean elsewhere;
        synchronized (job) {
            job.dirty = true;
            pause = job.isWatched(now) ? TELL_EVERY : TELL_UNWATCHED_EVERY;
            told = job.published;
            elsewhere = job.watchedElsewhereUntil.isAfter(now);
        }
        if (told == null || Duration.between(told, now).compareTo(pause) >= 0) {
            tell(server, job, now);
            if (elsewhere) {
                write(List.of(job));
            }
        }
    }

    /** Somebody looks at a job through another node. */
    void lookElsewhere(UUID id) {
        LiveJob job = jobs.get(id);
        if (job != null) {
            synchronized (job) {
                job.watchedElsewhereUntil = clock.instant().plus(LOOK);
            }
            look(job);
        } else {
            signals.signal("look:" + id);
        }
    }

    /** Tells watchers at this node and others, once it is written. */
    void tellAll(LiveServer server, LiveJob job, Instant now) {
        tell(server, job, now);
        bus.spread(VaultEvent.JOB, job.id);
    }

    void tell(LiveServer server, LiveJob job, Instant now) {
        JobSummary summary = summary(server, job, now);
        synchronized (job) {
            job.published = now;
        }
        bus.publishHere(VaultEvent.JOB, summary.vault(), summary);
    }

    JobSummary summary(LiveServer server, LiveJob job, Instant now) {
        String name;
        synchronized (server) {
            name = server.name;
        }
        JobRow row;
        synchronized (job) {
            row = job.row(now);
        }
        return summary(row, name);
    }

    /** Tells watchers at this node of a job as another one has written it. */
    void tellHere(LiveServer server, JobRow row) {
        String name;
        synchronized (server) {
            name = server.name;
        }
        JobSummary summary = summary(row, name);
        bus.publishHere(VaultEvent.JOB, summary.vault(), summary);
    }

    private JobSummary summary(JobRow row, String name) {
        return JobViews.summary(row, vaults.name(row.vaultId()).orElse(""), name);
    }

    /** Somebody looks at a job; the agent is asked for its progress every second. */
    void look(LiveJob job) {
        Instant now = clock.instant();
        boolean first;
        synchronized (job) {
            first = !job.isWatched(now);
            job.watchedUntil = now.plus(LOOK);
        }
        LiveServer server = first ? presence.find(job.serverId) : null;
        if (server != null) {
            signals.signal(server.signal());
        }
    }

    /** Writes progress that has been in memory for a while, and states that could not be written before. */
    public void flush() {
        for (LiveJob job : jobs.values()) {
            boolean unwritten;
            synchronized (job) {
                unwritten = job.unwritten;
            }
            LiveServer server = unwritten ? presence.find(job.serverId) : null;
            if (server != null) {
                try {
                    changed(server, job);
                } catch (RuntimeException e) {
                    LOG.warn("the state of job {} could not be written, and will be again", job.id, e);
                }
            }
        }
        write(WRITE_EVERY);
    }

    private void write(Duration age) {
        Instant now = clock.instant();
        var due = new ArrayList<LiveJob>();
        for (LiveJob job : jobs.values()) {
            synchronized (job) {
                if (job.dirty && Duration.between(job.written, now).compareTo(age) >= 0) {
                    due.add(job);
                }
            }
        }
        write(due);
    }

    private void write(List<LiveJob> due) {
        Instant now = clock.instant();
        var rows = new ArrayList<JobRow>();
        for (LiveJob job : due) {
            synchronized (job) {
                rows.add(job.take(now));
            }
        }
        try {
            catalog.run(handle -> JobTable.updateAll(handle, rows, presence.node()));
            rows.forEach(row -> bus.spread(VaultEvent.JOB, row.id()));
        } catch (RuntimeException e) {
            LOG.warn("progress of jobs could not be written, and will be again", e);
            rows.forEach(row -> {
                LiveJob job = jobs.get(row.id());
                if (job != null) {
                    synchronized (job) {
                        job.dirty = true;
                    }
                }
            });
        }
    }

    /** Writes what is left. */
    @Deactivate
    @Override
    public void close() {
        write(Duration.ZERO);
    }
}
