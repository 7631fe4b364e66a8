package org.holdfast.agent.simulator;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;

import org.holdfast.crypto.x509.CertificateRequest;
import org.holdfast.crypto.x509.EcKeys;
import org.holdfast.crypto.x509.Pem;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.CommandKind;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.people.CompleteRegistration;
import org.holdfast.protocol.people.EnrolAnswer;
import org.holdfast.protocol.people.EnrolRequest;
import org.holdfast.protocol.people.RegistrationAnswer;

/** One simulated server: registered, then in one long poll after the other. */
final class Agent implements AutoCloseable {
    /** Between two polls, so that a poll that was answered a little late does not make the next one late. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);

    private final Fleet fleet;
    private final int number;
    private final String name;
    private final String boot;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private SSLContext context;
    private Connection polls;
    private String id = "";
    private volatile String policy = "";
    private boolean stored;
    private volatile boolean closed;

    Agent(Fleet fleet, int number) {
        this.fleet = fleet;
        this.number = number;
        this.name = "server-%05d".formatted(number);
        this.boot = "boot-" + number;
    }

    /** Registers as a new machine. */
    void register() throws IOException, GeneralSecurityException {
        long began = System.nanoTime();
        KeyPair keys = EcKeys.generate();
        var request = new EnrolRequest(fleet.token(), null, CertificateRequest.create(keys, name),
                "machine-of-" + name + "-" + fleet.run(), name, "Simulated 1", fleet.version());
        EnrolAnswer enrolled;
        try (var open = new Connection(fleet.endpoints(), number, fleet.trust().nobody())) {
            open.open();
            long sent = System.nanoTime();
            enrolled = open.send("POST", "/agent/v1/enrol", request).as(EnrolAnswer.class);
            fleet.figures().enrol.add(System.nanoTime() - sent);
        }
        id = enrolled.serverId();
        context = fleet.trust().agent(keys.getPrivate(), Pem.certificates(enrolled.certificates()));
        polls = new Connection(fleet.endpoints(), number, context);
        byte[] intake = fleet.domain().publicKey();
        polls.send("POST", "/agent/v1/registration/complete",
                new CompleteRegistration(fleet.domain().id(), fleet.domain().publicKey(), intake, "memory", null))
                .as(RegistrationAnswer.class);
        fleet.figures().register.add(System.nanoTime() - began);
    }

    /** Polls until it is closed. */
    void live() {
        long due = System.nanoTime();
        int wait = 1 + ThreadLocalRandom.current().nextInt(fleet.waitSeconds());
        long failed = 0;
        while (!closed) {
            Fleet.pauseUntil(due);
            try {
                if (failed != 0) {
                    // the first word at the other node: answered at once, and as late as the failure is old
                    poll(due, 0);
                    fleet.ledger().answered(System.nanoTime() - failed);
                    failed = 0;
                    due = System.nanoTime();
                    wait = 1 + ThreadLocalRandom.current().nextInt(fleet.waitSeconds());
                } else if (poll(due, wait)) {
                    // told something: what it answers is not a heartbeat, and its next one may be at any time
                    due = System.nanoTime();
                    wait = 1 + ThreadLocalRandom.current().nextInt(fleet.waitSeconds());
                } else {
                    // what was answered late has been counted; the next one is not late because of it
                    due = Math.max(due + TimeUnit.SECONDS.toNanos(wait) + PAUSE, System.nanoTime());
                    wait = fleet.waitSeconds();
                }
            } catch (IOException | RuntimeException e) {
                if (!closed) {
                    fleet.figures().failed("poll", e);
                    due = System.nanoTime() + ThreadLocalRandom.current().nextLong(AFTER_FAILURE);
                    failed = fleet.patience() == 0 ? 0 : failed == 0 ? System.nanoTime() : failed;
                }
            }
        }
    }

    private boolean poll(long due, int wait) throws IOException {
        var acknowledged = new ArrayList<String>();
        for (String next = taken.poll(); next != null; next = taken.poll()) {
            acknowledged.add(next);
        }
        PollAnswer answer;
        try {
            answer = polls.send("POST", "/agent/v1/poll", new PollRequest(fleet.version(), boot, name,
                    List.of("10.0.0.1"), "Simulated 1", "UTC", Instant.now(), policy, null, List.copyOf(running),
                    acknowledged, wait, null)).as(PollAnswer.class);
        } catch (IOException e) {
            taken.addAll(acknowledged);
            throw e;
        }
        long now = System.nanoTime();
        boolean told = false;
        if (answer.policy() != null) {
            policy = answer.policy().version();
            fleet.policyArrived(now);
            told = true;
        }
        for (Command command : answer.commands()) {
            take(command, now);
            told = true;
        }
        if (!told && !closed) {
            long late = now - due - TimeUnit.SECONDS.toNanos(wait);
            fleet.figures().heartbeat.add(late);
            if (wait > 0) {
                fleet.ledger().answered(late);
            }
        }
        return told;
    }

    private void take(Command command, long now) {
        String job = command.job();
        taken.add(command.id());
        if (command.what() == CommandKind.BACKUP && job != null && running.add(job)) {
            fleet.begin(new Job(fleet, this, job, fleet.asked(job, now)));
        }
    }

    /** Begins a job by itself unless it is at one. */
    void backUp(long due) {
        if (busy.compareAndSet(false, true)) {
            String job = Job.newId();
            running.add(job);
            fleet.begin(new Job(fleet, this, job, Job.own(due)));
        }
    }

    /** Reserves it for a job that a person will ask for; false when it is at one. */
    boolean reserve() {
        return busy.compareAndSet(false, true);
    }

    /** A job has ended. */
    void ended(String job) {
        running.remove(job);
        busy.set(false);
    }

    /** A connection of its own beside that of the poll, as real agents use it for jobs. */
    Connection connect() {
        return new Connection(fleet.endpoints(), polls.at(), context);
    }

    /** Whether its keeper key and descriptor are still to be stored; from now on they are. */
    boolean storesFirst() {
        boolean first = !stored;
        stored = true;
        return first;
    }

    String id() {
        return id;
    }

    String boot() {
        return boot;
    }

    @Override
    public void close() {
        closed = true;
        if (polls != null) {
            polls.close();
        }
    }
}
