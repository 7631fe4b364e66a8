package org.holdfast.vault.fleet;

import java.time.Duration;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.DrillResult;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.LastDrill;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.policy.Policy;
import org.holdfast.vault.catalog.fleet.JobRow;

/**
 * How it stands at a moment with the proof that a server's points can be restored.
 *
 * @param state in one word
 * @param since when drills began to be asked for, or null while they are not
 * @param overdueAt when a good drill will be missing, or null
 */
record DrillHealth(DrillState state, @Nullable Instant since, @Nullable Instant overdueAt) {
    /** The code of a drill that found something. */
    static final String FAILED = "drill-failed";
    private static final Duration LEAST_GRACE = Duration.ofDays(1);
    private static final Duration MOST_GRACE = Duration.ofDays(7);
    private static final int GRACE_SHARE = 4;

    /** Looks at a server; under its lock. */
    static DrillHealth of(LiveServer server, @Nullable Policy policy, Instant now) {
        LastDrill last = server.lastDrill;
        boolean failed = last != null && !last.good();
        DrillState otherwise = failed ? DrillState.FAILED : last == null ? DrillState.OFF : DrillState.GOOD;
        if (policy == null || !policy.drills().wanted() || !server.registered || server.lastBackup == null) {
            return new DrillHealth(otherwise, null, null);
        }
        Instant since = server.drillSince == null ? now : server.drillSince;
        Instant from = last == null || last.lastGood() == null || last.lastGood().isBefore(since) ? since
                : last.lastGood();
        Instant overdueAt = from.plus(borne(policy.drills()));
        if (failed) {
            return new DrillHealth(DrillState.FAILED, since, null);
        }
        return overdueAt.isAfter(now)
                ? new DrillHealth(last == null ? DrillState.WAITING : DrillState.GOOD, since, overdueAt)
                : new DrillHealth(DrillState.OVERDUE, since, null);
    }

    /** For how long a good drill counts: the interval, and a quarter of it for servers that are off now and then. */
    private static Duration borne(DrillRule rule) {
        Duration every = Duration.ofDays(rule.everyDays());
        Duration grace = every.dividedBy(GRACE_SHARE);
        grace = grace.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : grace.compareTo(MOST_GRACE) > 0 ? MOST_GRACE : grace;
        return every.plus(grace);
    }

    /** A drill that failed outranks backups that went well. */
    Health over(Health health, @Nullable LastDrill last) {
        Instant next = overdueAt == null || health.riskAt() != null && health.riskAt().isBefore(overdueAt)
                ? health.riskAt()
                : overdueAt;
        boolean worse = state == DrillState.FAILED && health.state() == ServerState.PROTECTED;
        return new Health(worse ? ServerState.AT_RISK : health.state(),
                worse && last != null ? "Its restore drill of " + last.at() + " failed." : health.reason(),
                health.missed(), next);
    }

    /** What the end of a job says of drills, or null when nothing. */
    static @Nullable LastDrill result(JobRow job, @Nullable LastDrill before) {
        boolean good = job.state().equals(Wire.of(JobState.DONE))
                || job.state().equals(Wire.of(JobState.DONE_WITH_WARNINGS));
        boolean failed = job.state().equals(Wire.of(JobState.FAILED)) && FAILED.equals(job.failureCode());
        JobResult result = good || failed ? Wire.readOrNull(job.result(), JobResult.class) : null;
        Instant ended = job.ended();
        if (result == null || ended == null) {
            return null;
        }
        DrillResult drill = result.drill();
        if (drill == null) {
            return null;
        }
        return new LastDrill(ended, good, job.id().toString(), result.point(), result.files(), result.bytes(), drill,
                good ? ended : before == null ? null : before.lastGood());
    }
}
