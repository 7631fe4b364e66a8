package org.holdfast.agent.internal.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.loop.AgentClock;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs: one backup at a time, since they share checkpoints; restores beside it. Each job has a thread of its own
 * and is in the journal from before it starts until after it ended.
 */
public final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int RESTORES = 4;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MOST_RESUMES = 5;
    private static final Duration RESUMED_WITHIN = Duration.ofDays(7);

    private final JobJournal journal;
    private final Map<JobKind, JobWork> works;
    private final JobListener listener;
    private final AgentClock clock;
    private final Semaphore backups = new Semaphore(1, true);
    private final Semaphore others = new Semaphore(RESTORES, true);
    private final Map<String, Running> running = new LinkedHashMap<>();
    private volatile boolean stopping;

    private record Running(JobContext context, Thread thread) {
    }

    /**
     * A job at work, for people on the server.
     *
     * @param entry the job
     * @param progress how far it is, or null
     */
    public record Status(JobEntry entry, @Nullable Progress progress) {
    }

    /** @param works what each kind of job does */
    public JobRunner(JobJournal journal, Map<JobKind, JobWork> works, JobListener listener, AgentClock clock) {
        this.journal = journal;
        this.works = new EnumMap<>(works);
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Takes a job.
     *
     * @param announced whether the vault knows of it
     * @param passphrase of the source's data, or null; taken over
     * @return false when the job is known already
     */
    public boolean submit(JobSpec spec, boolean announced, char @Nullable [] passphrase) {
        synchronized (running) {
            if (stopping || !journal.add(JobEntry.of(spec, clock.instant(), announced))) {
                return false;
            }
            var context = new JobContext(spec, clock.steady(), listener, passphrase);
            listener.changed(journal.find(spec.id()).orElseThrow());
            start(spec, context);
        }
        return true;
    }

    /** Takes a job that cannot even begin, so that whoever asked for it is told why. */
    public void refuse(JobSpec spec, Exception reason) {
        if (journal.add(JobEntry.of(spec, clock.instant(), true))) {
            change(spec.id(), e -> e.ended(JobState.FAILED, clock.instant(), null, Failures.of(reason, true),
                    Map.of()));
        }
    }

    private void start(JobSpec spec, JobContext context) {
        Thread thread = Thread.ofVirtual().name("job-" + spec.id()).unstarted(() -> run(context));
        running.put(spec.id(), new Running(context, thread));
        thread.start();
    }

    private void run(JobContext context) {
        JobSpec spec = context.spec();
        Semaphore lane = spec.kind() == JobKind.BACKUP ? backups : others;
        boolean entered = false;
        try {
            lane.acquire();
            entered = true;
            context.gate().pass();
            context.cancel().check();
            changeNow(context, e -> e.running(clock.instant()));
            JobWork work = works.get(spec.kind());
            if (work == null) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "This agent cannot do that kind of job.",
                        "Update the agent.");
            }
            JobResult result = work.run(context);
            var warnings = context.warnings();
            end(context, warnings.isEmpty() ? JobState.DONE : JobState.DONE_WITH_WARNINGS, result, null);
        } catch (InterruptedException e) {
            // The thread ends here, so the interrupt has done all it was for.
            end(context, cancelledState(), null, null);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            // Whatever the work stumbles over while it is being stopped, it ends because it was stopped.
            if (context.cancel().isCancelled()) {
                LOG.debug("Job {} stopped with", context.spec().id(), e);
                end(context, cancelledState(), null, null);
            } else {
                failed(context, e);
            }
        } finally {
            if (entered) {
                lane.release();
            }
            context.wipe();
            context.ended();
            synchronized (running) {
                running.remove(context.spec().id());
                running.notifyAll();
            }
        }
    }

    private JobState cancelledState() {
        // A stopping agent did not decide against the job: the next start goes on with it.
        return stopping ? JobState.INTERRUPTED : JobState.CANCELLED;
    }

    private void failed(JobContext context, Throwable failure) {
        LOG.warn("Job {} failed", context.spec().id(), failure);
        JobResult result = failure instanceof DrillFailedException drill ? drill.result() : null;
        end(context, JobState.FAILED, result, Failures.of(failure, false));
    }

    private void end(JobContext context, JobState state, @Nullable JobResult result, @Nullable JobFailure failure) {
        changeNow(context, e -> e.ended(state, clock.instant(), result, failure, context.warnings()));
    }

    /** The job may get another id at any time, but not while the lock is held. */
    private void changeNow(JobContext context, UnaryOperator<JobEntry> step) {
        synchronized (running) {
            change(context.spec().id(), step);
        }
    }

    private void change(String id, UnaryOperator<JobEntry> step) {
        JobEntry entry = journal.change(id, step);
        LOG.info("Job {} ({}, {}) is {}", id, entry.spec().kind(), entry.spec().trigger(), entry.state());
        listener.changed(entry);
    }

    private Optional<JobContext> context(String id) {
        synchronized (running) {
            Running one = running.get(id);
            return one == null ? Optional.empty() : Optional.of(one.context());
        }
    }

    /** Lets a job end by itself, which keeps what it has stored, and after a while breaks off what it waits for. */
    private void end(JobContext context) {
        context.gate().cancel();
        Thread.ofVirtual().name("abort-" + context.spec().id()).start(() -> {
            try {
                if (!context.awaitEnd(GRACE)) {
                    LOG.info("Job {} does not end by itself; its connections are broken off", context.spec().id());
                    context.abort();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Asks a job to end; false when it is not at work. */
    public boolean cancel(String id) {
        Optional<JobContext> context = context(id);
        context.ifPresent(this::end);
        synchronized (running) {
            Running one = running.get(id);
            // A job that waits for its turn waits on a lock that only an interrupt ends.
            if (one != null && journal.find(id).map(JobEntry::state).orElse(null) == JobState.QUEUED) {
                one.thread().interrupt();
            }
        }
        return context.isPresent();
    }

    /** Stops a job for now; false when it is not at work. */
    public boolean pause(String id) {
        Optional<JobContext> context = context(id);
        context.ifPresent(c -> {
            if (c.gate().pause()) {
                change(id, e -> e.state() == JobState.RUNNING ? e.in(JobState.PAUSED) : e);
            }
        });
        return context.isPresent();
    }

    /** Goes on with a paused job; false when it is not at work. */
    public boolean resume(String id) {
        Optional<JobContext> context = context(id);
        context.ifPresent(c -> {
            if (c.gate().resume()) {
                change(id, e -> e.state() == JobState.PAUSED ? e.in(JobState.RUNNING) : e);
            }
        });
        return context.isPresent();
    }

    /** Ids of all jobs that have not ended. */
    public List<String> running() {
        synchronized (running) {
            return List.copyOf(running.keySet());
        }
    }

    /** Jobs that have not ended, with their progress. */
    public List<Status> statuses() {
        List<Status> out = new ArrayList<>();
        synchronized (running) {
            running.forEach((id, one) -> journal.find(id)
                    .ifPresent(entry -> out.add(new Status(entry, one.context().progress()))));
        }
        return out;
    }

    /** Whether a backup of what the policy says is at work or waits. */
    public boolean isBackingUpPolicy() {
        return statuses().stream().map(s -> s.entry().spec())
                .anyMatch(s -> s.kind() == JobKind.BACKUP && s.items().isEmpty());
    }

    /**
     * Called once at the start: what the journal has as unfinished was interrupted by a crash, and interrupted work is
     * taken up again in a new job, so that the old one ends for everybody who looks at it.
     */
    public void recover() {
        for (JobEntry entry : journal.all()) {
            if (!entry.state().isFinal()) {
                change(entry.id(), e -> e.ended(JobState.INTERRUPTED, clock.instant(), null, null, e.warnings()));
            }
        }
        Instant earliest = clock.instant().minus(RESUMED_WITHIN);
        List<JobEntry> all = journal.all();
        for (JobEntry entry : all) {
            boolean taken = all.stream().anyMatch(other -> entry.id().equals(other.spec().resumes()));
            Instant ended = entry.ended();
            if (entry.state() == JobState.INTERRUPTED && !taken && ended != null && ended.isAfter(earliest)
                    && canResume(entry)) {
                submit(entry.spec().continued(UUID.randomUUID().toString()), false, null);
            }
        }
    }

    private boolean canResume(JobEntry entry) {
        int resumes = 0;
        String before = entry.spec().resumes();
        while (before != null && resumes < MOST_RESUMES) {
            resumes++;
            before = journal.find(before).map(e -> e.spec().resumes()).orElse(null);
        }
        if (resumes >= MOST_RESUMES) {
            LOG.warn("Job {} was interrupted {} times and is not taken up again", entry.id(), resumes);
            return false;
        }
        JobSpec.Restore restore = entry.spec().restore();
        // A passphrase that came with the request is gone.
        return restore == null || restore.server() == null || restore.keyLocation() != null;
    }

    /**
     * Gives a job at work another id, because the vault has given up the old one: it was out of reach for too long. The
     * work itself goes on.
     */
    public void continueAs(String oldId) {
        synchronized (running) {
            Running one = running.remove(oldId);
            if (one == null) {
                return;
            }
            JobSpec next = one.context().spec().continued(UUID.randomUUID().toString());
            JobEntry old = journal.find(oldId).orElseThrow();
            journal.change(oldId, e -> e.ended(JobState.INTERRUPTED, clock.instant(), null, null, e.warnings())
                    .settledWithVault());
            JobEntry fresh = new JobEntry(next, old.state(), clock.instant(), old.started(), null, null, null,
                    old.warnings(), false, false);
            journal.add(fresh);
            one.context().rename(next);
            running.put(next.id(), one);
            LOG.info("The vault gave up job {}; it goes on as {}", oldId, next.id());
            listener.changed(fresh);
        }
    }

    /**
     * Ends all jobs as interrupted.
     *
     * @param patience how long to wait for their threads
     */
    public void stop(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (running) {
            stopping = true;
            running.forEach((id, one) -> {
                end(one.context());
                if (journal.find(id).map(JobEntry::state).orElse(null) == JobState.QUEUED) {
                    one.thread().interrupt();
                }
            });
            long left = end - System.nanoTime();
            while (!running.isEmpty() && left > 0) {
                running.wait(Math.max(1, left / 1_000_000));
                left = end - System.nanoTime();
            }
        }
    }
}
