package org.holdfast.scheduling.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.policy.RunPlan;

/**
 * Decides a server's next run from what it did last. However many runs were missed, one makes up for them; and a clock
 * that was years ahead for a while does not stop backups for years, because what was handled "in the future" counts as
 * handled now.
 */
public final class RunPlanner {
    /** A run that is late by less is not a missed one: the agent was merely busy. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final RunTimes times;
    private final Duration jitter;
    private final boolean catchUp;

    /**
     * @param plan schedule, zone, jitter and what to do with missed runs
     * @param server id of the server, which decides its jitter
     * @param local the server's own time zone
     */
    public RunPlanner(RunPlan plan, String server, ZoneId local) {
        this.times = new RunTimes(plan, local);
        this.jitter = Jitter.of(server, plan.jitter());
        this.catchUp = plan.catchUp();
    }

    /**
     * The next run.
     *
     * @param handled the scheduled moment of the last run that was begun (or skipped); before the first run the moment
     *        the plan was received
     * @param now the present
     * @return the run, or null when the schedule has none any more
     */
    public @Nullable NextRun next(Instant handled, Instant now) {
        Instant anchor = handled.isAfter(now) ? now : handled;
        Instant run = times.next(anchor);
        if (run == null) {
            return null;
        }
        Instant start = run.plus(jitter);
        if (!start.plus(GRACE).isBefore(now)) {
            return new NextRun(run, start, false);
        }
        if (!catchUp) {
            return skipTo(now);
        }
        Instant latest = times.last(now.minus(jitter));
        return latest == null || !latest.isAfter(anchor) ? new NextRun(run, start, true)
                : new NextRun(latest, latest.plus(jitter), latest.plus(jitter).plus(GRACE).isBefore(now));
    }

    /** Without catch-up: the run that is due just now, or else the first one to come. */
    private @Nullable NextRun skipTo(Instant now) {
        Instant run = times.next(now.minus(jitter).minus(GRACE));
        return run == null ? null : new NextRun(run, run.plus(jitter), false);
    }
}
