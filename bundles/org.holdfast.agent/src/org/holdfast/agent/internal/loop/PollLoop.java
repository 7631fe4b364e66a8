package org.holdfast.agent.internal.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.link.VaultLink;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.RemoteException;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long poll, which is the heartbeat: says how this server is, takes policy and commands. When the vault is away it
 * tries again ever more rarely, at most two minutes apart, so that no fleet falls upon a vault that comes back.
 */
public final class PollLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration REFUSED_WAIT = Duration.ofMinutes(5);
    private static final int WAIT_SECONDS = 50;

    private final VaultLink link;
    private final AgentClock clock;
    private final PolicyStore policies;
    private final Commands commands;
    private final JobReporter reporter;
    private final BiFunction<List<String>, Integer, PollRequest> heartbeat;
    private final Backoff backoff;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> acknowledged = new ArrayList<>();
    private boolean closed;
    private boolean first = true;
    private volatile Contact contact = new Contact(false, null, null, null);

    /**
     * How the vault was last heard of.
     *
     * @param connected whether the last poll went well
     * @param last when one last did, or null
     * @param problem what the vault or the network said instead, or null
     * @param code the vault's code for it, or null
     */
    public record Contact(boolean connected, @Nullable Instant last, @Nullable String problem,
            @Nullable String code) {
    }

    /** @param heartbeat makes a request of the ids to acknowledge and the seconds to wait */
    PollLoop(VaultLink link, AgentClock clock, PolicyStore policies, Commands commands, JobReporter reporter,
            BiFunction<List<String>, Integer, PollRequest> heartbeat, RandomGenerator random) {
        this.link = link;
        this.clock = clock;
        this.policies = policies;
        this.commands = commands;
        this.reporter = reporter;
        this.heartbeat = heartbeat;
        this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    }

    /** How the vault was last heard of. */
    public Contact contact() {
        return contact;
    }

    /** Waits until a poll has ended, well or not. */
    public void awaitFirst(Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lockInterruptibly();
        try {
            while (!contact.connected() && contact.problem() == null && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void contact(Contact now) {
        lock.lock();
        try {
            contact = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Polls until closed. */
    public void run() {
        try {
            while (!isClosed()) {
                Duration wait = once();
                pause(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration once() {
        try {
            // The first one is answered at once, so that a start is seen at once by both sides.
            PollRequest request = heartbeat.apply(List.copyOf(acknowledged), first ? 0 : WAIT_SECONDS);
            Instant before = clock.system().instant();
            PollAnswer answer = link.poll(request);
            clock.compare(answer.serverTime(), before, clock.system().instant());
            first = false;
            if (!contact.connected()) {
                LOG.info("Connected to the vault");
            }
            contact(new Contact(true, clock.instant(), null, null));
            backoff.reset();
            reporter.reachable();
            acknowledged.removeAll(request.ack());
            take(answer);
            return Duration.ZERO;
        } catch (HoldfastException e) {
            return failed(e);
        } catch (RuntimeException e) {
            LOG.error("The poll failed", e);
            contact(new Contact(false, contact.last(), "Internal error: " + e, null));
            return backoff.next();
        }
    }

    private void take(PollAnswer answer) {
        boolean stored = true;
        if (answer.policy() != null) {
            stored = policies.take(answer.policy(), clock.instant());
        }
        acknowledged.addAll(commands.take(answer.commands()));
        reporter.watch(answer.watch());
        if (!stored || acknowledged.size() < answer.commands().size()) {
            throw new HoldfastException(Problem.STORE_FULL, "The agent's folder cannot be written.",
                    "Make room on its disk.");
        }
    }

    private Duration failed(HoldfastException e) {
        if (isClosed()) {
            return Duration.ZERO;
        }
        String code = e instanceof RemoteException remote ? remote.code() : null;
        boolean refused = e instanceof RemoteException remote && (remote.status() == 401 || remote.status() == 403)
                || e.problem() == Problem.ACCESS_DENIED;
        if (contact.connected() || !String.valueOf(e.getMessage()).equals(contact.problem())) {
            LOG.warn("No contact with the vault: {} {}", e.getMessage(), e.advice());
        }
        contact(new Contact(false, contact.last(), e.getMessage(), code));
        first = true;
        Duration wait = backoff.next();
        return refused && wait.compareTo(REFUSED_WAIT) < 0 && backoff.failures() > 2 ? REFUSED_WAIT : wait;
    }

    private void pause(Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
