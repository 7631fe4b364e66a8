package org.holdfast.agent.simulator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.Phase;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.data.Committed;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.SessionOpened;

/**
 * A backup that reports as a real one does and stores one small pack and a recovery point. Its reports are due at fixed
 * times whatever the vault does.
 */
final class Job implements Runnable {
    /** Reports of a job: its begin, progress, its end. */
    static final int EVENTS = 10;

    private static final String OCTETS = "application/octet-stream";
    private static final String EVENTS_PATH = "/agent/v1/jobs/%s/events";

    private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(500);

    private final Fleet fleet;
    private final Agent agent;
    private final String id;
    private final Cause cause;
    private final Instant started = Instant.now();
    private long sequence;

    /**
     * Why a job runs.
     *
     * @param asked whether a person asked for it
     * @param due when it was due to begin, nanoTime
     * @param request when the person was to ask, nanoTime
     */
    record Cause(boolean asked, long due, long request) {
    }

    Job(Fleet fleet, Agent agent, String id, Cause cause) {
        this.fleet = fleet;
        this.agent = agent;
        this.id = id;
        this.cause = cause;
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** The agent began it by itself. */
    static Cause own(long due) {
        return new Cause(false, due, 0);
    }

    @Override
    public void run() {
        try (Connection connection = agent.connect()) {
            begin(connection);
            for (int i = 1; i < EVENTS - 1; i++) {
                long due = cause.due + i * fleet.eventPause();
                Fleet.pauseUntil(due);
                report(connection, due, fleet.figures().jobEvent, event(null, progress(i), null));
            }
            String point = commit(connection);
            long due = Math.max(cause.due + (EVENTS - 1) * fleet.eventPause(), System.nanoTime());
            Fleet.pauseUntil(due);
            var result = new JobResult(point, 1000, 1 << 20, 3, 2, 995, 0, 1 << 16, fleet.packBytes(), 0, -1, false);
            long took = report(connection, due, fleet.figures().jobEvent, event(JobState.DONE, null, result));
            fleet.ledger().ended(id, "done");
            fleet.figures().jobState.add(took);
            fleet.figures().jobs.increment();
        } catch (IOException | RuntimeException e) {
            if (!fleet.isClosing()) {
                fleet.figures().failed("job", e);
            }
        } finally {
            agent.ended(id);
        }
    }

    private void begin(Connection connection) throws IOException {
        long took;
        if (cause.asked) {
            took = report(connection, cause.due, fleet.figures().jobEvent, event(JobState.RUNNING, null, null));
            fleet.figures().backupRunning.add(System.nanoTime() - cause.request);
        } else {
            patiently(() -> connection.send("POST", "/agent/v1/jobs", new JobStart(id, JobKind.BACKUP,
                    JobTrigger.SCHEDULE, started, List.of(), null, null, null)).as(JobEventsAnswer.class));
            took = System.nanoTime() - cause.due;
            fleet.figures().jobEvent.add(took);
        }
        fleet.figures().jobState.add(took);
    }

    private long report(Connection connection, long due, Latencies latencies, JobEvent event) throws IOException {
        patiently(() -> connection.send("POST", EVENTS_PATH.formatted(id),
                new JobEvents(agent.boot(), List.of(event))).as(JobEventsAnswer.class));
        long took = System.nanoTime() - due;
        latencies.add(took);
        fleet.ledger().answered(took);
        return took;
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** As real agents do: again, at the next node, when the connection breaks or a node is not ready. */
    private <T> T patiently(Step<T> step) throws IOException {
        long end = System.nanoTime() + fleet.patience();
        while (true) {
            try {
                return step.run();
            } catch (IOException e) {
                boolean no = e instanceof Connection.RefusedException refused && !refused.isForNow();
                if (no || System.nanoTime() > end || fleet.isClosing()) {
                    throw e;
                }
                fleet.figures().failed("job, tried again", e);
                Fleet.pauseUntil(System.nanoTime() + ThreadLocalRandom.current().nextLong(AFTER_FAILURE));
            }
        }
    }

    private JobEvent event(JobState state, JobProgress progress, JobResult result) {
        return new JobEvent(++sequence, Instant.now(), state, progress, Map.of(), List.of(), result, null);
    }

    private static JobProgress progress(int step) {
        return new JobProgress(Phase.TRANSFERRING, 100L * step, 1000, 100_000L * step, 1 << 20, 6000L * step, 100_000,
                (long) EVENTS - step, 0);
    }

    /** Stores a pack and commits a point; the name of the point. */
    private String commit(Connection connection) throws IOException {
        SessionOpened session = patiently(() -> connection.send("POST", "/agent/v1/sessions",
                new OpenSession(agent.boot(), id, "backup")).as(SessionOpened.class));
        String header = SessionOpened.HEADER + ": " + session.header();
        if (agent.storesFirst()) {
            for (Domain.Sealed object : fleet.domain().beginning()) {
                put(connection, object, header);
            }
        }
        Domain.Sealed pack = fleet.domain().pack(fleet.packBytes(), ThreadLocalRandom.current().nextLong());
        put(connection, pack, header);
        Domain.Sealed point = fleet.domain().point(agent.id(), started, Duration.ofSeconds(EVENTS),
                pack.bytes().length);
        long sent = System.nanoTime();
        Committed committed = patiently(() -> connection.bytes("POST", "/agent/v1/sessions/" + session.session()
                + "/commit/" + point.hash(), OCTETS, point.bytes(), header).as(Committed.class));
        fleet.ledger().committed(committed.id(), agent.id());
        fleet.figures().commit.add(System.nanoTime() - sent);
        fleet.figures().points.increment();
        patiently(() -> {
            connection.send("DELETE", "/agent/v1/sessions/" + session.session(), null).require();
            return true;
        });
        return point.hash();
    }

    private void put(Connection connection, Domain.Sealed object, String header) throws IOException {
        patiently(() -> {
            connection.bytes("PUT", "/agent/v1/objects/" + object.name(), OCTETS, object.bytes(), header).require();
            return true;
        });
    }
}
