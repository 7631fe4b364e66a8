package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.JobRow;
import org.holdfast.vault.catalog.fleet.JobTable;
import org.holdfast.vault.catalog.fleet.ServerTable;
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
        Instant now = clock.instant();
        for (JobRow row : catalog.<List<JobRow>>read(JobTable::open)) {
            LiveServer server = presence.find(row.serverId());
            if (server != null) {
                LiveJob job = new LiveJob(row, now);
                if (job.state == JobState.QUEUED && server.commands.values().stream()
                        .noneMatch(pending -> job.id.equals(pending.job))) {
                    job.seen = now;
                }
                add(server, job);
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
        jobs.put(job.id, job);
        synchronized (server) {
            server.jobs.put(job.id, job);
        }
    }

    /** Writes a job, tells watchers, and when it has ended draws the consequences. Not under the job's lock. */
    void changed(LiveServer server, LiveJob job) {
        Instant now = clock.instant();
        JobRow row;
        boolean ended;
        boolean good;
        boolean whole;
        boolean written;
        job.writing.lock();
        try {
            synchronized (job) {
                row = job.take(now);
                ended = job.state.isFinal();
                good = job.state == JobState.DONE || job.state == JobState.DONE_WITH_WARNINGS;
            }
            whole = row.kind().equals(Wire.of(JobKind.BACKUP)) && row.items().equals("[]");
            written = write(server, row, ended && whole, good);
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
                server.stale = true;
            }
            commands.forget(server, job.id);
        }
        if (written) {
            tell(server, job, now);
            if (ended) {
                drawConsequences(server, row);
            }
        }
    }

    private void drawConsequences(LiveServer server, JobRow row) {
        try {
            consequences.of(server, row);
        } catch (RuntimeException e) {
            LOG.error("nobody could be told what the end of job {} means", row.id(), e);
        }
    }

    private boolean write(LiveServer server, JobRow row, boolean counts, boolean good) {
        return catalog.write(handle -> {
            boolean updated = JobTable.update(handle, row);
            if (updated && counts) {
                ServerTable.setBackup(handle, server.id, row.state(), good ? row.started() : null);
            }
            return updated;
        });
    }

    /** Tells watchers how a job is, not too often. */
    void progressed(LiveServer server, LiveJob job) {
        Instant now = clock.instant();
        Duration pause;
        Instant told;
        synchronized (job) {
            job.dirty = true;
            pause = job.isWatched(now) ? TELL_EVERY : TELL_UNWATCHED_EVERY;
            told = job.published;
        }
        if (told == null || Duration.between(told, now).compareTo(pause) >= 0) {
            tell(server, job, now);
        }
    }

    void tell(LiveServer server, LiveJob job, Instant now) {
        JobSummary summary = summary(server, job, now);
        synchronized (job) {
            job.published = now;
        }
        bus.publish(VaultEvent.JOB, summary.vault(), summary);
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
        var rows = new ArrayList<JobRow>();
        for (LiveJob job : jobs.values()) {
            synchronized (job) {
                if (job.dirty && Duration.between(job.written, now).compareTo(age) >= 0) {
                    rows.add(job.take(now));
                }
            }
        }
        try {
            catalog.run(handle -> JobTable.updateAll(handle, rows));
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
