package org.holdfast.console.install.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.eclipse.core.runtime.ILog;
import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostCheck;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostKeyQuestion;
import org.holdfast.agent.install.HostKeys;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.agent.install.InstallListener;
import org.holdfast.agent.install.InstallPlan;
import org.holdfast.agent.install.InstallRun;
import org.holdfast.agent.install.PassphraseKeeper;
import org.holdfast.agent.install.Step;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Observers;
import org.holdfast.protocol.people.CredentialsFile;

/**
 * Hosts that are registered together, with what became of each. It may be gone over again: for each pass a vault
 * credentials file is made for exactly the hosts of that pass, and revoked at its end. Secrets are kept in memory for
 * as long as there is something to try again, and forgotten by {@link #close}. Thread-safe; observers are told on any
 * thread.
 */
public final class Registration implements AutoCloseable {
    private static final int LINES = 500;

    private final Order order;
    private final Parts parts;
    private final Instant began;
    private final Map<String, HostProgress> rows = new LinkedHashMap<>();
    private final Map<String, Deque<LogLine>> logs = new HashMap<>();
    private final Observers<Registration> changes = new Observers<>();
    private @Nullable InstallRun run;
    private @Nullable CompletableFuture<Registration> pass;
    private @Nullable Failure failure;
    private boolean stopping;
    private boolean forgotten;

    /**
     * What a registration works with.
     *
     * @param keys of known hosts
     * @param question asked for others
     * @param keeper of passphrases, closed by the registration
     * @param sealed file of the passphrases, or null when they were typed
     * @param state file that remembers what was done, deleted when all have ended well; or null
     * @param clock of this computer
     * @param background runs what waits
     */
    public record Parts(HostKeys keys, HostKeyQuestion question, PassphraseKeeper keeper, @Nullable Path sealed,
            @Nullable Path state, Clock clock, Executor background) {
    }

    /**
     * A line of a host's log.
     *
     * @param time when it was said
     * @param text what was said
     */
    public record LogLine(Instant time, String text) {
    }

    /**
     * How many hosts are how far.
     *
     * @param good ended well
     * @param failed ended otherwise
     * @param working being worked on
     * @param waiting for their turn
     */
    public record Count(int good, int failed, int working, int waiting) {
        /** All of them. */
        public int all() {
            return good + failed + working + waiting;
        }
    }

    /** @param checks the hosts, with what was found there; what stands in the way is their first result */
    public Registration(Order order, List<HostCheck> checks, Parts parts) {
        this.order = order;
        this.parts = parts;
        began = parts.clock().instant();
        for (HostCheck check : checks) {
            HostCheck.Finding obstacle = check.obstacle();
            rows.put(check.host().key(), obstacle == null ? HostProgress.waiting(check.host())
                    : new HostProgress(check.host(), Step.END, -1, obstacle.outcome(), obstacle.message(),
                            obstacle.advice(), List.of(), null, check.version(), null, began));
        }
    }

    /** Name of the vault. */
    public String vault() {
        return order.vault().name();
    }

    /** When it was asked for. */
    public Instant began() {
        return began;
    }

    /** File of the passphrases, or null when they were typed. */
    public @Nullable Path sealed() {
        return parts.sealed();
    }

    /** Told after each change. */
    public Observers<Registration> changes() {
        return changes;
    }

    /** All hosts, in their order. */
    public synchronized List<HostProgress> rows() {
        return List.copyOf(rows.values());
    }

    /** The last lines of a host's log, of all passes. */
    public synchronized List<LogLine> log(String host) {
        Deque<LogLine> lines = logs.get(host);
        return lines == null ? List.of() : List.copyOf(lines);
    }

    /** How many hosts are how far. */
    public synchronized Count count() {
        int good = 0;
        int failed = 0;
        int working = 0;
        for (HostProgress row : rows.values()) {
            if (row.isGood()) {
                good++;
            } else if (row.isOver()) {
                failed++;
            } else if (row.step() != Step.WAIT) {
                working++;
            }
        }
        return new Count(good, failed, working, rows.size() - good - failed - working);
    }

    /** Whether it is at work. */
    public synchronized boolean isRunning() {
        return pass != null;
    }

    /** Whether somebody wants it to end. */
    public synchronized boolean isStopping() {
        return stopping;
    }

    /** Whether its secrets are gone, so that nothing can be tried again. */
    public synchronized boolean isForgotten() {
        return forgotten;
    }

    /** Why the last pass could not begin, or null. */
    public synchronized @Nullable Failure failure() {
        return failure;
    }

    /** Hosts that have not ended well. */
    public List<String> open() {
        return rows().stream().filter(row -> !row.isGood()).map(row -> row.host().key()).toList();
    }

    /** Hosts whose turn has not come. */
    public List<String> waiting() {
        return rows().stream().filter(row -> !row.isOver()).map(row -> row.host().key()).toList();
    }

    /**
     * Goes over some hosts, as far as they have not ended well; returns at once.
     *
     * @return completes at the end of the pass, whatever became of the hosts
     * @throws IllegalStateException when it is at work, or forgotten
     */
    public CompletableFuture<Registration> go(Collection<String> hosts) {
        var end = new CompletableFuture<Registration>();
        synchronized (this) {
            if (pass != null || forgotten) {
                throw new IllegalStateException("it is at work, or its secrets are gone");
            }
            pass = end;
            stopping = false;
            failure = null;
        }
        Set<String> wanted = Set.copyOf(hosts);
        List<HostEntry> due = rows().stream().filter(row -> wanted.contains(row.host().key()) && !row.isGood())
                .map(HostProgress::host).toList();
        Map<String, HostProgress> before = again(due);
        changes.fire(this);
        parts.background().execute(() -> {
            try {
                if (!due.isEmpty()) {
                    pass(due);
                }
            } catch (RuntimeException e) {
                synchronized (this) {
                    failure = Failure.of(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                over(before, end);
            }
        });
        return end;
    }

    private synchronized Map<String, HostProgress> again(List<HostEntry> due) {
        var before = new HashMap<String, HostProgress>();
        due.forEach(host -> before.put(host.key(), rows.put(host.key(), HostProgress.waiting(host))));
        return before;
    }

    /** Hosts whose turn did not come keep the result they had. */
    private void over(Map<String, HostProgress> before, CompletableFuture<Registration> end) {
        boolean nothingLeft = open().isEmpty();
        synchronized (this) {
            before.forEach((key, was) -> rows.computeIfPresent(key, (k, now) -> now.isOver() ? now : was));
            run = null;
            pass = null;
            stopping = false;
        }
        if (nothingLeft) {
            close();
        }
        changes.fire(this);
        end.complete(this);
    }

    private void pass(List<HostEntry> due) throws InterruptedException {
        CredentialsFile file = order.vault().issue(due.size(), order.days(), order.options().policy(),
                order.options().tags());
        try {
            var plan = new InstallPlan(order.access(), order.packages(), file.bytes(), order.options());
            try (var now = new InstallRun(plan, due, parts.keys(), parts.question(), parts.keeper(),
                    order.vault().side(), parts.state(), parts.clock(), new Listener())) {
                synchronized (this) {
                    run = now;
                    if (stopping) {
                        return;
                    }
                }
                now.start();
                now.await(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            }
        } finally {
            revoke(file);
        }
    }

    private void revoke(CredentialsFile file) {
        try {
            order.vault().revoke(file);
        } catch (RuntimeException e) {
            // It ends by itself on its last day; what was registered with it stays registered.
            ILog.of(Registration.class).warn("The vault credentials file of a registration could not be revoked.", e);
        }
    }

    /** Begins no further host and no further step; what is being done comes to its end. Returns at once. */
    public void stop() {
        InstallRun now;
        synchronized (this) {
            if (pass == null) {
                return;
            }
            stopping = true;
            now = run;
        }
        if (now != null) {
            now.stop();
        }
        changes.fire(this);
    }

    /** Stops it, and forgets all secrets when nothing is being done any more; the results stay. */
    @Override
    public void close() {
        CompletableFuture<Registration> working;
        synchronized (this) {
            working = pass;
            if (working == null && forgotten) {
                return;
            }
            forgotten = true;
        }
        if (working != null) {
            stop();
            working.thenRun(this::forget);
        } else {
            forget();
        }
    }

    private void forget() {
        parts.keeper().close();
        order.wipe();
        // Without its secrets it can still be gone on with, in another session.
        if (parts.state() != null && open().isEmpty()) {
            try {
                Files.deleteIfExists(parts.state());
            } catch (IOException e) {
                ILog.of(Registration.class).warn("The state of a registration could not be deleted.", e);
            }
        }
    }

    private final class Listener implements InstallListener {
        @Override
        public void changed(HostProgress progress) {
            synchronized (Registration.this) {
                rows.put(progress.host().key(), progress);
            }
            changes.fire(Registration.this);
        }

        @Override
        public void logged(HostEntry host, Instant time, String line) {
            synchronized (Registration.this) {
                Deque<LogLine> lines = logs.computeIfAbsent(host.key(), key -> new ArrayDeque<>());
                lines.add(new LogLine(time, line));
                if (lines.size() > LINES) {
                    lines.removeFirst();
                }
            }
            changes.fire(Registration.this);
        }
    }
}
