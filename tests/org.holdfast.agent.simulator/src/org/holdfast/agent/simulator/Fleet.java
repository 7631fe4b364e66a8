package org.holdfast.agent.simulator;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** All agents together, and what they share. Each has a virtual thread for its polls and one for its job. */
final class Fleet implements AutoCloseable {
    private final Settings settings;
    private final List<Connection.Endpoint> endpoints;
    private final Ledger ledger = new Ledger();
    private final AtomicInteger atWork = new AtomicInteger();
    private final Trust trust;
    private final Domain domain = new Domain(Instant.now());
    private final Figures figures = new Figures();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Agent> agents = new ArrayList<>();
    private final ConcurrentMap<String, Long> asked = new ConcurrentHashMap<>();
    private final AtomicInteger registered = new AtomicInteger();
    private final Latencies policies = new Latencies();
    private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong());
    private volatile long policyGiven;
    private volatile String token = "";
    private volatile boolean closing;

    /**
     * How the fleet behaves.
     *
     * @param version that agents say they have
     * @param waitSeconds how long a poll waits when there is nothing to say
     * @param eventPause nanoseconds between two reports of a job
     * @param packBytes what a job stores
     * @param patience nanoseconds for which what failed is tried again, at the next node; 0 for not at all
     */
    record Settings(String version, int waitSeconds, long eventPause, int packBytes, long patience) {
    }

    Fleet(Settings settings, List<Connection.Endpoint> endpoints, Trust trust) {
        this.settings = settings;
        this.endpoints = List.copyOf(endpoints);
        this.trust = trust;
    }

    /**
     * Registers agents, which begin to poll at once.
     *
     * @param count how many
     * @param atOnce how many at a time
     * @return how many could be registered
     */
    int register(int count, int atOnce) throws InterruptedException {
        var turn = new Semaphore(atOnce);
        for (int i = 0; i < count && !closing; i++) {
            turn.acquire();
            var agent = new Agent(this, i);
            threads.execute(() -> {
                boolean there = false;
                try {
                    agent.register();
                    synchronized (agents) {
                        agents.add(agent);
                    }
                    registered.incrementAndGet();
                    there = true;
                } catch (IOException | GeneralSecurityException | RuntimeException e) {
                    figures.failed("registration", e);
                } finally {
                    turn.release();
                }
                if (there) {
                    agent.live();
                }
            });
        }
        turn.acquire(atOnce);
        return registered.get();
    }

    /** How many are registered. */
    int registered() {
        return registered.get();
    }

    /** One of the registered agents that is at no job and will be at one from now on; null when there is none. */
    Agent reserve() {
        synchronized (agents) {
            for (int attempt = 0; attempt < 100 && !agents.isEmpty(); attempt++) {
                Agent agent = agents.get(ThreadLocalRandom.current().nextInt(agents.size()));
                if (agent.reserve()) {
                    return agent;
                }
            }
            return null;
        }
    }

    /** An agent begins a job by itself. */
    void backUp(long due) {
        Agent agent;
        synchronized (agents) {
            agent = agents.get(ThreadLocalRandom.current().nextInt(agents.size()));
        }
        agent.backUp(due);
    }

    /** Does a job. */
    void begin(Job job) {
        atWork.incrementAndGet();
        threads.execute(() -> {
            try {
                job.run();
            } finally {
                atWork.decrementAndGet();
            }
        });
    }

    /** Does something in a thread of its own. */
    void execute(Runnable work) {
        threads.execute(work);
    }

    /** A person is about to ask for a job. */
    void ask(String job, long due) {
        asked.put(job, due);
    }

    /** The command has arrived at its agent. */
    Job.Cause asked(String job, long now) {
        Long request = asked.remove(job);
        if (request == null) {
            return new Job.Cause(false, now, now);
        }
        figures.backupNow.add(now - request);
        return new Job.Cause(true, now, request);
    }

    /** From now on the time is taken that a policy needs to reach agents. */
    Latencies awaitPolicy() {
        policies.clear();
        policyGiven = System.nanoTime();
        return policies;
    }

    void policyArrived(long now) {
        long given = policyGiven;
        if (given != 0) {
            policies.add(now - given);
        }
    }

    static void pauseUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    void token(String other) {
        token = other;
    }

    String token() {
        return token;
    }

    String run() {
        return run;
    }

    String version() {
        return settings.version();
    }

    int waitSeconds() {
        return settings.waitSeconds();
    }

    long eventPause() {
        return settings.eventPause();
    }

    int packBytes() {
        return settings.packBytes();
    }

    List<Connection.Endpoint> endpoints() {
        return endpoints;
    }

    long patience() {
        return settings.patience();
    }

    Ledger ledger() {
        return ledger;
    }

    /** Waits until no job is at work, or it takes too long. */
    void awaitIdle(long most) {
        long end = System.nanoTime() + most;
        while (atWork.get() > 0 && System.nanoTime() < end) {
            pauseUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    Trust trust() {
        return trust;
    }

    Domain domain() {
        return domain;
    }

    Figures figures() {
        return figures;
    }

    boolean isClosing() {
        return closing;
    }

    /** Closes all connections and ends all threads. */
    @Override
    public void close() {
        closing = true;
        synchronized (agents) {
            agents.forEach(Agent::close);
        }
        threads.shutdownNow();
        try {
            threads.awaitTermination(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
