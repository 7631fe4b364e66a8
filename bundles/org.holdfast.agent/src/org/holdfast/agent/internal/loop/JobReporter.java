package org.holdfast.agent.internal.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobJournal;
import org.holdfast.agent.internal.jobs.JobListener;
import org.holdfast.agent.internal.link.VaultLink;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.Warning;
import org.holdfast.api.fleet.JobState;
import org.holdfast.client.RemoteException;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the vault what happens in jobs: states at once, progress every second of a job that somebody looks at and every
 * half minute of others. What could not be told is told later, from the journal if need be; of progress only the last
 * is kept. One thread talks, so reports of a job arrive in order.
 */
public final class JobReporter implements JobListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobReporter.class);
    private static final long WATCHED_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
    private static final long SPARSE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final JobJournal journal;
    private final VaultLink link;
    private final AgentClock clock;
    private final String bootId;
    private final BooleanSupplier reportPaths;
    private final Consumer<String> givenUp;
    private final Consumer<String> cancelled;
    private final Backoff backoff;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, JobReport> reports = new LinkedHashMap<>();
    private Set<String> watched = Set.of();
    private boolean closed;

    /**
     * @param reportPaths whether the policy lets the vault see names of files
     * @param givenUp called with the id of a job at work that the vault has ended as interrupted
     * @param cancelled called with the id of a job at work that the vault has ended otherwise
     */
    public JobReporter(JobJournal journal, VaultLink link, AgentClock clock, String bootId,
            BooleanSupplier reportPaths, Consumer<String> givenUp, Consumer<String> cancelled,
            RandomGenerator random) {
        this.journal = journal;
        this.link = link;
        this.clock = clock;
        this.bootId = bootId;
        this.reportPaths = reportPaths;
        this.givenUp = givenUp;
        this.cancelled = cancelled;
        this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        for (JobEntry entry : journal.unsettled()) {
            var report = new JobReport(entry.id(), !entry.announced());
            report.changed(entry);
            reports.put(entry.id(), report);
        }
    }

    private JobReport report(String id) {
        return reports.computeIfAbsent(id, i -> new JobReport(i, true));
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changed(JobEntry entry) {
        locked(() -> {
            if (!entry.settled()) {
                report(entry.id()).changed(entry);
                changed.signalAll();
            }
        });
    }

    @Override
    public void progressed(String jobId, Progress progress) {
        locked(() -> {
            JobReport report = reports.get(jobId);
            if (report != null && report.progressed(progress) && watched.contains(jobId)) {
                changed.signalAll();
            }
        });
    }

    @Override
    public void warned(String jobId, Warning warning) {
        locked(() -> {
            JobReport report = reports.get(jobId);
            if (report != null) {
                report.warned(warning, reportPaths.getAsBoolean());
            }
        });
    }

    /** Which jobs somebody looks at. */
    public void watch(List<String> ids) {
        locked(() -> {
            watched = Set.copyOf(ids);
            changed.signalAll();
        });
    }

    /** The vault is back: what waits is told now. */
    public void reachable() {
        locked(() -> {
            if (backoff.failures() > 0) {
                backoff.reset();
                changed.signalAll();
            }
        });
    }

    /** Whether everything that ended has been told; for tests and an orderly end. */
    public boolean isIdle() {
        lock.lock();
        try {
            return reports.values().stream().noneMatch(JobReport::isUrgent);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that ended has been told. */
    public void flush(Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lockInterruptibly();
        try {
            while (reports.values().stream().anyMatch(JobReport::isUrgent) && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Talks until closed. */
    public void run() {
        try {
            while (true) {
                JobReport next = await();
                if (next == null) {
                    return;
                }
                tell(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JobReport await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long now = System.nanoTime();
                long wait = SPARSE_NANOS;
                for (JobReport report : List.copyOf(reports.values())) {
                    boolean looked = watched.contains(report.id());
                    long due = report.dueIn(now, looked ? WATCHED_NANOS : SPARSE_NANOS, looked);
                    if (due <= 0) {
                        return report;
                    }
                    wait = Math.min(wait, due);
                }
                changed.awaitNanos(wait);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void tell(JobReport report) throws InterruptedException {
        try {
            JobEntry entry = journal.find(report.id()).orElse(null);
            if (entry == null || entry.settled()) {
                locked(() -> reports.remove(report.id()));
                return;
            }
            if (!entry.announced()) {
                link.start(report.start(entry));
                journal.change(entry.id(), JobEntry::announcedToVault);
            }
            List<JobEvent> events = new ArrayList<>();
            locked(() -> events.addAll(report.events(clock.instant())));
            told(report, link.report(report.id(), new JobEvents(bootId, events)));
            locked(backoff::reset);
        } catch (HoldfastException e) {
            refused(report, e);
        }
    }

    private void told(JobReport report, JobEventsAnswer answer) {
        JobEntry entry = journal.find(report.id()).orElseThrow();
        boolean again = false;
        lock.lock();
        try {
            again = report.told(answer.lastSequence(), System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (again) {
            return;
        }
        if (entry.state().isFinal() && answer.state().isFinal()) {
            settle(entry.id());
        } else if (answer.state().isFinal()) {
            (answer.state() == JobState.INTERRUPTED ? givenUp : cancelled).accept(entry.id());
            settle(entry.id());
        }
    }

    private void settle(String id) {
        journal.change(id, e -> e.state().isFinal() ? e.settledWithVault() : e);
        if (journal.find(id).map(JobEntry::settled).orElse(true)) {
            locked(() -> reports.remove(id));
        }
    }

    private void refused(JobReport report, HoldfastException failure) throws InterruptedException {
        boolean lasting = failure instanceof RemoteException remote && remote.status() >= 400 && remote.status() < 500
                && remote.status() != 401 && remote.status() != 403 && remote.status() != 408
                && remote.status() != 429;
        if (lasting) {
            LOG.warn("The vault does not take the report of job {}: {}", report.id(), failure.getMessage());
            JobEntry entry = journal.find(report.id()).orElseThrow();
            boolean unknown = ((RemoteException) failure).status() == 404;
            if (unknown && entry.announced() && report.mayAnnounceAgain()) {
                journal.change(entry.id(), e -> new JobEntry(e.spec(), e.state(), e.created(), e.started(), e.ended(),
                        e.result(), e.failure(), e.warnings(), false, false));
                return;
            }
            if (entry.state().isFinal()) {
                settle(entry.id());
                return;
            }
            locked(() -> report.sentAt(System.nanoTime()));
            return;
        }
        if (failure.problem() == Problem.CANCELLED) {
            throw new InterruptedException();
        }
        Duration wait;
        lock.lockInterruptibly();
        try {
            wait = backoff.next();
            LOG.info("Reports wait {} ms for the vault: {}", wait.toMillis(), failure.getMessage());
            long left = wait.toNanos();
            int failures = backoff.failures();
            // Progress of other jobs must not end the wait, the vault's return must.
            while (left > 0 && !closed && backoff.failures() == failures) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
        });
    }
}
