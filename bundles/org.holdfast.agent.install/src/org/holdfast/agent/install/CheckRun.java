package org.holdfast.agent.install;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostCheck.Finding;
import org.holdfast.agent.install.internal.ssh.SshHosts;
import org.holdfast.agent.install.internal.steps.HostLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at many hosts, several at once, before the agent is brought to them: whether they let us in, what they are,
 * and what stands in the way. Nothing is changed on them. Thread-safe.
 */
public final class CheckRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckRun.class);

    private final Request request;
    private final HostKeys keys;
    private final HostKeyQuestion question;
    private final Clock clock;
    private final Consumer<HostCheck> listener;
    private final Map<String, HostCheck> checks = new LinkedHashMap<>();
    private volatile boolean stopped;
    private volatile CountDownLatch running = new CountDownLatch(0);

    /**
     * What the check is for.
     *
     * @param access the way onto hosts
     * @param packages of the agent, one for each processor
     * @param options of the installation
     * @param vault the vault that agents are to reach
     */
    public record Request(SshAccess access, List<AgentPackage> packages, InstallPlan.Options options, Target vault) {
        /** Copies. */
        public Request {
            packages = List.copyOf(packages);
        }
    }

    /**
     * A vault.
     *
     * @param id of the vault
     * @param addresses {@code host:port} at which agents are to reach it, empty when that is not to be tried
     */
    public record Target(String id, List<String> addresses) {
        /** Copies. */
        public Target {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Prepares it.
     *
     * @param hosts each once
     * @param keys of hosts that are known
     * @param question asked for those that are not
     * @param clock of this computer
     * @param listener told of each change, by the threads of the hosts, several at once; must return soon
     */
    public CheckRun(Request request, List<HostEntry> hosts, HostKeys keys, HostKeyQuestion question, Clock clock,
            Consumer<HostCheck> listener) {
        this.request = request;
        this.keys = keys;
        this.question = question;
        this.clock = clock;
        this.listener = listener;
        hosts.forEach(host -> checks.putIfAbsent(host.key(), HostCheck.waiting(host)));
    }

    /** What is known of all hosts, in the order they were given. */
    public List<HostCheck> checks() {
        synchronized (checks) {
            return List.copyOf(checks.values());
        }
    }

    /** Whether hosts are being looked at. */
    public boolean isRunning() {
        return running.getCount() > 0;
    }

    /**
     * Looks at some hosts; returns at once.
     *
     * @param hosts keys of hosts
     * @throws IllegalStateException when it runs already
     */
    public synchronized void start(Collection<String> hosts) {
        if (isRunning()) {
            throw new IllegalStateException("the check has not ended yet");
        }
        stopped = false;
        Set<String> wanted = Set.copyOf(hosts);
        List<HostEntry> due = checks().stream().map(HostCheck::host).filter(h -> wanted.contains(h.key())).toList();
        due.forEach(host -> tell(HostCheck.waiting(host)));
        var end = new CountDownLatch(1);
        running = end;
        Thread.ofVirtual().name("check").start(() -> {
            try {
                checkAll(due);
            } finally {
                end.countDown();
            }
        });
    }

    private void checkAll(List<HostEntry> due) {
        var places = new Semaphore(request.options().parallel());
        var left = new CountDownLatch(due.size());
        try (var ssh = new SshHosts(request.access(), keys, question)) {
            for (HostEntry host : due) {
                places.acquireUninterruptibly();
                Thread.ofVirtual().name("check " + host.key()).start(() -> {
                    try {
                        check(host, ssh);
                    } finally {
                        places.release();
                        left.countDown();
                    }
                });
            }
            left.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The check has failed", e);
            due.forEach(host -> tell(failed(host, e)));
        }
    }

    private void check(HostEntry host, SshHosts ssh) {
        if (stopped) {
            return;
        }
        tell(HostCheck.waiting(host).running());
        try {
            HostCheck found = new HostLook(host, request, clock).run(ssh);
            tell(stopped && !found.isReady() ? HostCheck.waiting(host) : found);
        } catch (RuntimeException e) {
            LOG.error("A host could not be checked", e);
            tell(failed(host, e));
        }
    }

    private static HostCheck failed(HostEntry host, RuntimeException e) {
        return HostCheck.waiting(host).found("", null, List.of(new Finding(Outcome.INTERNAL, true,
                "this is a defect: " + e, "Please report it.")));
    }

    private void tell(HostCheck now) {
        @Nullable HostCheck before;
        synchronized (checks) {
            before = checks.put(now.host().key(), now);
        }
        if (!now.equals(before)) {
            listener.accept(now);
        }
    }

    /** Looks at no further host; those that are being looked at come to their end. Returns at once. */
    public void stop() {
        stopped = true;
    }

    /**
     * Waits until no host is being looked at.
     *
     * @return false when the time was over before
     */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return running.await(time, unit);
    }

    /** Stops; does not wait. */
    @Override
    public void close() {
        stop();
    }
}
