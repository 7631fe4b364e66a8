package org.holdfast.agent.internal.loop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

import org.holdfast.agent.internal.drill.DrillWork;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.jobs.JobRunner;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Policy;
import org.holdfast.scheduling.bandwidth.RateCalendar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts restore drills: every so many days, at an hour that follows from the server's id, so that a fleet does not
 * drill at once. One that is due waits up to a day for the end of a backup and of slow work hours; one that was missed
 * is made up for once. One thread at a time.
 */
final class DrillSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(DrillSchedule.class);
    private static final String FILE = "drill.json";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private final AgentHome home;
    private final PolicyStore policies;
    private final JobRunner jobs;
    private final String serverId;
    private final ZoneId zone;
    private State state;

    /**
     * What is remembered.
     *
     * @param everyDays the interval it is about, 0 for none
     * @param handled when the last drill began, or the interval began to hold
     */
    record State(int everyDays, Instant handled) {
    }

    /** Continues where the last start of the agent was. */
    DrillSchedule(AgentHome home, PolicyStore policies, JobRunner jobs, String serverId, ZoneId zone)
            throws IOException {
        this.home = home;
        this.policies = policies;
        this.jobs = jobs;
        this.serverId = serverId;
        this.zone = zone;
        state = home.read(FILE, State.class).orElse(new State(0, Instant.EPOCH));
    }

    /** Starts what is due; returns how long there is nothing to do. */
    Duration step(Instant now) throws IOException {
        Policy policy = policies.policy();
        int every = policy == null ? 0 : policy.drills().everyDays();
        if (every != state.everyDays() || state.handled().isAfter(now)) {
            remember(new State(every, now));
        }
        if (every == 0 || policy == null) {
            return LOOK_AGAIN;
        }
        Instant due = due(every);
        if (due.isAfter(now)) {
            return Duration.between(now, due);
        }
        if (now.isBefore(DrillWork.latest(due)) && (jobs.isBackingUpPolicy() || slow(policy.bandwidth(), now))) {
            return LOOK_AGAIN;
        }
        if (policies.items().isEmpty()) {
            LOG.info("A restore drill is due, but nothing is to be protected");
        } else {
            String id = UUID.nameUUIDFromBytes(("holdfast drill " + serverId + " " + due)
                    .getBytes(StandardCharsets.UTF_8)).toString();
            jobs.submit(JobSpec.drill(id, JobTrigger.SCHEDULE, new JobSpec.Drill(null, DrillWork.newSeed())), false,
                    null);
        }
        remember(new State(every, now));
        return Duration.ZERO;
    }

    /** The first moment of this server's own after what was handled. */
    private Instant due(int every) {
        long period = Duration.ofDays(every).toSeconds();
        long phase = Math.floorMod(UUID.nameUUIDFromBytes(("holdfast drill " + serverId)
                .getBytes(StandardCharsets.UTF_8)).getMostSignificantBits(), period);
        long last = state.handled().getEpochSecond();
        return Instant.ofEpochSecond(Math.floorDiv(last - phase, period) * period + phase + period);
    }

    private boolean slow(Bandwidth bandwidth, Instant now) {
        return bandwidth.workRate() != Bandwidth.UNLIMITED && new RateCalendar(bandwidth, zone).working(now);
    }

    private void remember(State fresh) throws IOException {
        home.write(FILE, fresh);
        state = fresh;
    }
}
