package org.holdfast.agent.internal.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.Warning;

/** What a job's work is given: how to stop, where to report, the secrets it came with. Thread-safe. */
public final class JobContext implements ProgressSink {
    private volatile JobSpec spec;
    private final Clock clock;
    private final CancelToken cancel = new CancelToken();
    private final PauseGate gate = new PauseGate(cancel);
    private final Map<String, Long> warnings = new TreeMap<>();
    private final List<Runnable> aborts = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final JobListener listener;
    private boolean aborted;
    private char @Nullable [] passphrase;
    private volatile @Nullable Progress progress;

    /**
     * @param clock steady time of the job
     * @param passphrase of the source's data when it came with the request; taken over and wiped at the end
     */
    JobContext(JobSpec spec, Clock clock, JobListener listener, char @Nullable [] passphrase) {
        this.spec = spec;
        this.clock = clock;
        this.listener = listener;
        this.passphrase = passphrase;
    }

    /** For work that is done outside of the running agent. */
    public static JobContext alone(JobSpec spec, Clock clock, JobListener listener) {
        return new JobContext(spec, clock, listener, null);
    }

    /** What to do. */
    public JobSpec spec() {
        return spec;
    }

    /** The same work under another id. */
    void rename(JobSpec other) {
        spec = other;
    }

    /** Time that does not jump. */
    public Clock clock() {
        return clock;
    }

    /** Where to wait while paused. */
    public PauseGate gate() {
        return gate;
    }

    /** Set when the job is to end. */
    public CancelToken cancel() {
        return cancel;
    }

    /** A copy of the passphrase that came with the request, or null. */
    public synchronized char @Nullable [] passphrase() {
        return passphrase == null ? null : passphrase.clone();
    }

    @Override
    public void progress(Progress now) {
        progress = now;
        listener.progressed(spec.id(), now);
    }

    @Override
    public void warning(Warning warning) {
        count(Failures.code(warning.problem()));
        listener.warned(spec.id(), warning);
    }

    /** A warning that is about no path. */
    public void warning(String code) {
        count(code);
    }

    private void count(String code) {
        synchronized (warnings) {
            warnings.merge(code, 1L, Long::sum);
        }
    }

    /** Number of warnings by code. */
    public Map<String, Long> warnings() {
        synchronized (warnings) {
            return new TreeMap<>(warnings);
        }
    }

    /** Takes the counts of a finished job instead, which are complete. */
    public void countAll(Iterable<Warning> all) {
        synchronized (warnings) {
            for (Problem problem : Problem.values()) {
                warnings.remove(Failures.code(problem));
            }
        }
        all.forEach(w -> count(Failures.code(w.problem())));
    }

    /** The last progress, or null. */
    public @Nullable Progress progress() {
        return progress;
    }

    /** Says how to break off what the job waits for, when it does not end by itself after it was cancelled. */
    public void onAbort(Runnable step) {
        boolean now;
        synchronized (aborts) {
            now = aborted;
            aborts.add(step);
        }
        if (now) {
            step.run();
        }
    }

    /** Breaks everything off. */
    void abort() {
        List<Runnable> all;
        synchronized (aborts) {
            aborted = true;
            all = List.copyOf(aborts);
        }
        all.forEach(Runnable::run);
    }

    /** The job has ended. */
    void ended() {
        end.countDown();
    }

    /** Waits for the job's end; false when it did not come. */
    boolean awaitEnd(Duration longest) throws InterruptedException {
        return end.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Wipes the passphrase. */
    synchronized void wipe() {
        char[] secret = passphrase;
        if (secret != null) {
            Arrays.fill(secret, '\0');
            passphrase = null;
        }
    }
}
