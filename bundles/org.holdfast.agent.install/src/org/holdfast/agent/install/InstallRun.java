package org.holdfast.agent.install;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.internal.HostTrack;
import org.holdfast.agent.install.internal.RunState;
import org.holdfast.agent.install.internal.StepFailedException;
import org.holdfast.agent.install.internal.ssh.SshHosts;
import org.holdfast.agent.install.internal.steps.HostWork;
import org.holdfast.agent.install.internal.steps.Shared;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the agent to many hosts, several at once. Each host ends with an {@link Outcome} of its own; none holds up the
 * others. {@link #start} goes over all hosts that have not ended well, now or in an earlier run with the same state, so
 * it serves to begin, to resume and to try the failed ones again. Thread-safe.
 */
public final class InstallRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstallRun.class);

    private final InstallPlan plan;
    private final HostKeys keys;
    private final HostKeyQuestion question;
    private final PassphraseKeeper keeper;
    private final @Nullable VaultSide vault;
    private final RunState state;
    private final Clock clock;
    private final Map<String, HostTrack> tracks = new LinkedHashMap<>();
    private volatile boolean stopped;
    private volatile CountDownLatch running = new CountDownLatch(0);

    /**
     * Prepares a run.
     *
     * @param plan what is to happen
     * @param hosts each once
     * @param keys of hosts that are known
     * @param question asked for those that are not
     * @param keeper of passphrases; stays the caller's to close
     * @param vault as somebody sees it who is signed in; null: agents are asked themselves whether they have contact
     * @param state file that remembers what was done, or null for none; read when it is there
     * @param clock of this computer
     * @param listener told what happens
     * @throws HoldfastException when the state cannot be used, or policy, tags or folders are to be assigned without a
     *         vault
     */
    public InstallRun(InstallPlan plan, List<HostEntry> hosts, HostKeys keys, HostKeyQuestion question,
            PassphraseKeeper keeper, @Nullable VaultSide vault, @Nullable Path state, Clock clock,
            InstallListener listener) {
        this.plan = plan;
        this.keys = keys;
        this.question = question;
        this.keeper = keeper;
        this.vault = vault;
        this.clock = clock;
        InstallPlan.Options options = plan.options();
        boolean assigns = options.policy() != null || !options.tags().isEmpty() || !options.folders().isEmpty()
                || hosts.stream().anyMatch(h -> h.policy() != null || !h.tags().isEmpty() || !h.folders().isEmpty());
        if (assigns && vault == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "Policy, tags and folders are assigned at the vault, and nobody is signed in there.",
                    "Sign in first, or leave them to the credentials file.");
        }
        this.state = new RunState(state, plan.vault().vaultId());
        for (HostEntry host : hosts) {
            tracks.computeIfAbsent(host.key(), key -> new HostTrack(host, this.state, clock, listener));
        }
    }

    /** How all hosts are, in the order they were given. */
    public List<HostProgress> progress() {
        return tracks.values().stream().map(HostTrack::progress).toList();
    }

    /** The log of a host, its last lines; empty for one that does not belong to this run. */
    public List<String> log(HostEntry host) {
        HostTrack track = tracks.get(host.key());
        return track == null ? List.of() : track.lines();
    }

    /** Whether hosts are being worked on. */
    public boolean isRunning() {
        return running.getCount() > 0;
    }

    /**
     * Goes over all hosts that have not ended well; returns at once.
     *
     * @throws IllegalStateException when it runs already
     */
    public void start() {
        start(tracks.keySet());
    }

    /**
     * Goes over some hosts, as far as they have not ended well; returns at once.
     *
     * @param hosts keys of hosts
     * @throws IllegalStateException when it runs already
     */
    public synchronized void start(Collection<String> hosts) {
        if (isRunning()) {
            throw new IllegalStateException("the run has not ended yet");
        }
        stopped = false;
        Set<String> wanted = Set.copyOf(hosts);
        List<HostTrack> due = tracks.entrySet().stream()
                .filter(e -> wanted.contains(e.getKey()) && !e.getValue().progress().isGood())
                .map(Map.Entry::getValue).collect(Collectors.toList());
        due.forEach(HostTrack::again);
        var all = new CountDownLatch(due.size() + 1);
        running = all;
        Thread.ofVirtual().name("install").start(() -> runAll(due, all));
    }

    private void runAll(List<HostTrack> due, CountDownLatch all) {
        var places = new Semaphore(plan.options().parallel());
        try (var ssh = new SshHosts(plan.access(), keys, question)) {
            var shared = new Shared(plan, plan.vault(), ssh, keeper, vault, clock, () -> stopped);
            var hosts = new CountDownLatch(due.size());
            for (HostTrack track : due) {
                places.acquireUninterruptibly();
                Thread.ofVirtual().name("install " + track.progress().host().key()).start(() -> {
                    try {
                        run(track, shared);
                    } finally {
                        places.release();
                        hosts.countDown();
                        all.countDown();
                    }
                });
            }
            hosts.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The run has failed", e);
            due.stream().filter(track -> !track.progress().isOver())
                    .forEach(track -> track.end(Outcome.INTERNAL, String.valueOf(e.getMessage()), ""));
        } finally {
            while (all.getCount() > 0) {
                all.countDown();
            }
        }
    }

    private void run(HostTrack track, Shared shared) {
        if (stopped) {
            track.end(Outcome.STOPPED, "stopped before its turn came", "Resume it.");
            return;
        }
        track.begin();
        try {
            Outcome outcome = new HostWork(track.progress().host(), shared, track).run();
            List<String> warnings = track.progress().warnings();
            boolean warned = outcome == Outcome.DONE && !warnings.isEmpty();
            track.end(warned ? Outcome.DONE_WITH_WARNINGS : outcome,
                    outcome == Outcome.ALREADY_REGISTERED ? "it was registered here already"
                            : warned ? String.join("; ", warnings) : "",
                    "");
        } catch (StepFailedException e) {
            LOG.debug("A host has failed", e);
            track.end(e.outcome(), e.words(), e.advice());
        } catch (HoldfastException e) {
            LOG.debug("A host has failed", e);
            track.end(Outcome.INTERNAL, String.valueOf(e.getMessage()), e.advice());
        } catch (RuntimeException | Error e) {
            LOG.error("A host has failed", e);
            track.end(Outcome.INTERNAL, "this is a defect: " + e, "Please report it.");
        }
    }

    /**
     * Begins no further host and no further step. Steps that are being done come to their end, but an upload is cut off
     * and goes on where it was when it is resumed. Returns at once.
     */
    public void stop() {
        stopped = true;
    }

    /**
     * Waits until no host is being worked on.
     *
     * @return false when the time was over before
     */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return running.await(time, unit);
    }

    /** Stops, and waits for what is being done. */
    @Override
    public void close() {
        stop();
        boolean interrupted = false;
        while (isRunning()) {
            try {
                running.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
