package org.holdfast.console.install.internal.run;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.CheckRun;
import org.holdfast.agent.install.HostCheck;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostKeys;
import org.holdfast.agent.install.Outcome;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Observers;
import org.holdfast.protocol.people.CredentialsFile;

/**
 * The look at all hosts before anything is changed on them. Where agents are to reach the vault is known from a vault
 * credentials file alone, so one is made for that and revoked at once. Thread-safe; observers are told on any thread.
 */
public final class HostChecks {
    private final Order order;
    private final List<HostEntry> hosts;
    private final HostKeys keys;
    private final AcceptedKeys accepted;
    private final Clock clock;
    private final Executor background;
    private final Observers<HostChecks> changes = new Observers<>();
    private @Nullable CheckRun run;
    private @Nullable Failure failure;
    private boolean working;
    private boolean closed;

    /** Looks at nothing yet. */
    public HostChecks(Order order, List<HostEntry> hosts, HostKeys keys, AcceptedKeys accepted, Clock clock,
            Executor background) {
        this.order = order;
        this.hosts = List.copyOf(hosts);
        this.keys = keys;
        this.accepted = accepted;
        this.clock = clock;
        this.background = background;
    }

    /** Told after each change. */
    public Observers<HostChecks> changes() {
        return changes;
    }

    /** The keys that hosts have shown. */
    public AcceptedKeys accepted() {
        return accepted;
    }

    /** What is known of each host. */
    public List<HostCheck> checks() {
        CheckRun now = current();
        return now == null ? hosts.stream().map(HostCheck::waiting).toList() : now.checks();
    }

    private synchronized @Nullable CheckRun current() {
        return run;
    }

    /** Why the check could not begin, or null. */
    public synchronized @Nullable Failure failure() {
        return failure;
    }

    /** Whether hosts are being looked at. */
    public synchronized boolean isWorking() {
        return working;
    }

    /** Whether all hosts were looked at and nothing is being done. */
    public boolean isOver() {
        return !isWorking() && failure() == null
                && checks().stream().allMatch(check -> check.state() == HostCheck.State.DONE);
    }

    /** Looks at all hosts. */
    public void start() {
        start(hosts.stream().map(HostEntry::key).toList());
    }

    /** Looks at some hosts, unless it is looking already. */
    public void start(Collection<String> wanted) {
        synchronized (this) {
            if (working || closed) {
                return;
            }
            working = true;
            failure = null;
        }
        changes.fire(this);
        background.execute(() -> {
            try {
                look(wanted);
            } catch (RuntimeException e) {
                synchronized (this) {
                    failure = Failure.of(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                synchronized (this) {
                    working = false;
                }
                changes.fire(this);
            }
        });
    }

    private void look(Collection<String> wanted) throws InterruptedException {
        CheckRun now = current();
        if (now == null) {
            now = prepare();
            synchronized (this) {
                run = now;
                if (closed) {
                    return;
                }
            }
        }
        now.start(wanted);
        now.await(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    private CheckRun prepare() {
        CredentialsFile probe = order.vault().issue(1, 1, null, List.of());
        order.vault().revoke(probe);
        return new CheckRun(new CheckRun.Request(order.access(), order.packages(), order.options(),
                new CheckRun.Target(probe.vaultId(), probe.addresses())), hosts, keys, accepted, clock,
                check -> changes.fire(this));
    }

    /** Accepts the keys, and looks again at the hosts that waited for them. */
    public void accept(Collection<AcceptedKeys.Shown> shown) {
        shown.forEach(accepted::take);
        start(checks().stream().filter(check -> {
            HostCheck.Finding obstacle = check.obstacle();
            return obstacle != null && obstacle.outcome() == Outcome.HOST_KEY_UNKNOWN
                    && (accepted.waiting(check.host()) == null || order.access().jump() != null);
        }).map(check -> check.host().key()).toList());
    }

    /** Looks again at those that are not ready. */
    public void again() {
        start(checks().stream().filter(check -> !check.isReady()).map(check -> check.host().key()).toList());
    }

    /** Looks at no further host. */
    public void close() {
        CheckRun now;
        synchronized (this) {
            closed = true;
            now = run;
        }
        if (now != null) {
            now.close();
        }
    }
}
