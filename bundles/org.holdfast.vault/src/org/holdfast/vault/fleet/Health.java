package org.holdfast.vault.fleet;

import java.time.Duration;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.scheduling.schedule.RunTimes;

/**
 * How a server stands at a moment.
 *
 * @param state in one word
 * @param reason in one sentence, may be empty
 * @param missed whether a backup that was due was not made
 * @param riskAt when a backup that is due then will count as missed, or null
 */
record Health(ServerState state, String reason, boolean missed, @Nullable Instant riskAt) {
    /** A server that has not called for so long is lost. */
    static final Duration LOST = Duration.ofMinutes(3);
    /** How long after its time, jitter included, a backup may be under way before it counts as missed. */
    static final Duration GRACE = Duration.ofHours(1);

    /** Looks at a server; under its lock. */
    static Health of(LiveServer server, AgentPolicy wanted, boolean backingUp, Instant now) {
        if (!server.registered) {
            return new Health(ServerState.REGISTERING, "", false, null);
        }
        if (Duration.between(server.lastSign, now).compareTo(LOST) >= 0) {
            Instant contact = server.lastContact;
            return new Health(ServerState.LOST, contact == null ? "It has never called."
                    : "It has not been heard of since " + contact + ".", isMissed(server, wanted, now), null);
        }
        Policy policy = wanted.policy();
        Instant last = server.lastBackup;
        if (wanted.items().isEmpty()) {
            return new Health(ServerState.UNPROTECTED, policy == null ? "It has no policy and no items."
                    : "Nothing says what to protect.", false, null);
        }
        if (last == null) {
            Instant due = due(server, wanted, since(server, server.registeredAt(now)));
            boolean missed = due != null && !due.isAfter(now) && !backingUp;
            return new Health(ServerState.UNPROTECTED, backingUp ? "Its first backup is under way."
                    : "It has never been backed up.", missed, due != null && due.isAfter(now) ? due : null);
        }
        Instant due = due(server, wanted, since(server, last));
        if (due != null && !due.isAfter(now)) {
            return backingUp ? new Health(server.state == ServerState.PROTECTED ? ServerState.PROTECTED
                    : ServerState.AT_RISK, "A backup is under way.", false, null)
                    : new Health(ServerState.AT_RISK, "Its last good backup is of " + last + ".", true, null);
        }
        String outcome = server.lastOutcome;
        if (outcome != null && (outcome.equals(Wire.of(JobState.FAILED))
                || outcome.equals(Wire.of(JobState.INTERRUPTED)))) {
            return new Health(ServerState.AT_RISK, "Its last backup " + (outcome.equals(Wire.of(JobState.FAILED))
                    ? "failed."
                    : "was interrupted."), false, due);
        }
        return new Health(ServerState.PROTECTED, "", false, due);
    }

    private static boolean isMissed(LiveServer server, AgentPolicy wanted, Instant now) {
        Instant last = server.lastBackup;
        Instant due = wanted.items().isEmpty() ? null
                : due(server, wanted, since(server, last == null ? server.registeredAt(now) : last));
        return due != null && !due.isAfter(now);
    }

    /** A plan asks for nothing before it was made; but what it asked for before it was edited it still does. */
    private static Instant since(LiveServer server, Instant last) {
        Instant policy = server.policySince;
        return !server.missed && policy != null && policy.isAfter(last) ? policy : last;
    }

    /** When the first run after a moment counts as missed, or null when none is planned. */
    private static @Nullable Instant due(LiveServer server, AgentPolicy wanted, Instant after) {
        Policy policy = wanted.policy();
        RunPlan plan = policy == null ? null : policy.plan();
        if (plan == null) {
            return null;
        }
        try {
            Instant run = new RunTimes(plan, server.zoneId()).next(after);
            return run == null ? null : run.plus(plan.jitter()).plus(GRACE);
        } catch (HoldfastException e) {
            return null;
        }
    }
}
