package org.holdfast.agent.internal.loop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.jobs.JobRunner;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.scheduling.schedule.NextRun;
import org.holdfast.scheduling.schedule.RunPlanner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts backups, and by {@link DrillSchedule} restore drills, when the policy's schedule says so; needs no vault. What
 * was handled is written down after the job is in the journal, and the job's id follows from the moment of the
 * schedule, so that no run is lost and none done twice.
 */
public final class ScheduleRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRunner.class);
    private static final String FILE = "schedule.json";
    /** The wall clock may be set at any time, so no wait relies on it for longer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final AgentHome home;
    private final PolicyStore policies;
    private final JobRunner jobs;
    private final AgentClock clock;
    private final String serverId;
    private final ZoneId zone;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final DrillSchedule drills;
    private State state;
    private volatile @Nullable NextRun next;
    private boolean closed;

    /**
     * What is remembered.
     *
     * @param plan the plan it is about, or null
     * @param handled scheduled moment of the last run that was begun or skipped
     */
    record State(@Nullable RunPlan plan, Instant handled) {
    }

    /** Continues where the last start of the agent was. */
    public ScheduleRunner(AgentHome home, PolicyStore policies, JobRunner jobs, AgentClock clock, String serverId,
            ZoneId zone) throws IOException {
        this.home = home;
        this.policies = policies;
        this.jobs = jobs;
        this.clock = clock;
        this.serverId = serverId;
        this.zone = zone;
        state = home.read(FILE, State.class).orElse(new State(null, Instant.EPOCH));
        drills = new DrillSchedule(home, policies, jobs, serverId, zone);
        policies.onChange(this::wake);
    }

    /** When the next backup begins, or null. */
    public @Nullable Instant nextBackup() {
        NextRun run = next;
        return run == null ? null : run.start();
    }

    /** Looks again at policy and clock. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Runs until closed. */
    public void run() {
        lock.lock();
        try {
            while (!closed) {
                Duration wait = step();
                Duration drill = drillStep();
                wait = wait.compareTo(drill) < 0 ? wait : drill;
                changed.await(Math.max(1, Math.min(wait.toMillis(), LONGEST_WAIT.toMillis())),
                        TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private Duration drillStep() {
        try {
            return drills.step(clock.instant());
        } catch (IOException e) {
            LOG.error("The schedule of restore drills cannot be kept up: {}", e.getMessage());
            return LONGEST_WAIT;
        }
    }

    /** Starts what is due; returns how long there is nothing to do. */
    private Duration step() {
        Policy policy = policies.policy();
        RunPlan plan = policy == null ? null : policy.plan();
        Instant now = clock.instant();
        try {
            if (plan == null) {
                next = null;
                if (state.plan() != null) {
                    remember(new State(null, now));
                }
                return LONGEST_WAIT;
            }
            if (!plan.equals(state.plan())) {
                remember(new State(plan, now));
            }
            NextRun run = new RunPlanner(plan, serverId, zone).next(state.handled(), now);
            next = run;
            if (run == null) {
                return LONGEST_WAIT;
            }
            if (run.start().isAfter(now)) {
                return Duration.between(now, run.start());
            }
            start(plan, run);
            return Duration.ZERO;
        } catch (HoldfastException e) {
            // The drift says so; a policy that makes sense will come.
            next = null;
            return LONGEST_WAIT;
        } catch (IOException e) {
            LOG.error("The schedule cannot be kept up: {}", e.getMessage());
            return LONGEST_WAIT;
        }
    }

    private void start(RunPlan plan, NextRun run) throws IOException {
        String id = UUID.nameUUIDFromBytes(("holdfast run " + serverId + " " + run.scheduled())
                .getBytes(StandardCharsets.UTF_8)).toString();
        if (policies.items().isEmpty()) {
            LOG.info("A backup is due, but nothing is to be protected");
        } else if (jobs.isBackingUpPolicy()) {
            LOG.info("A backup is due while the one before is still at work; it is left out");
        } else {
            jobs.submit(JobSpec.backup(id, run.caughtUp() ? JobTrigger.CATCH_UP : JobTrigger.SCHEDULE, List.of(),
                    null), false, null);
        }
        remember(new State(plan, run.scheduled()));
    }

    private void remember(State fresh) throws IOException {
        home.write(FILE, fresh);
        state = fresh;
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
