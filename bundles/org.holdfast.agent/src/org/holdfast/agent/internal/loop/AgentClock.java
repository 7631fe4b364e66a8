package org.holdfast.agent.internal.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The agent's time. A server whose clock is wrong by a minute or more goes by its vault's instead, or its schedule, its
 * points and their retention would be wrong as well; the vault is told the difference and raises an alert.
 */
public final class AgentClock extends Clock {
    /** Differences below are left alone. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Clock system;
    private volatile Duration skew = Duration.ZERO;
    private volatile boolean compared;

    /** @param system this server's own clock */
    public AgentClock(Clock system) {
        this.system = system;
    }

    /**
     * Compares this server's clock with the vault's.
     *
     * @param vault the vault's clock, as it was between the two moments
     * @param before this server's clock when it asked
     * @param after this server's clock when it had the answer
     */
    public void compare(Instant vault, Instant before, Instant after) {
        // An answer that was waited for was written at its end, one that came at once anywhere between the two.
        Duration round = Duration.between(before, after);
        Duration error = round.compareTo(TOLERANCE) < 0 ? round : Duration.ZERO;
        Duration difference = Duration.between(vault, after);
        if (difference.abs().compareTo(error) <= 0) {
            difference = Duration.ZERO;
        }
        skew = difference;
        compared = true;
    }

    /** This server's clock minus the vault's, as of the last comparison. */
    public Duration skew() {
        return skew;
    }

    /** Whether it was ever compared. */
    public boolean isCompared() {
        return compared;
    }

    /** This server's own clock, right or wrong. */
    public Clock system() {
        return system;
    }

    /** A clock that goes as this one does now and is not set again: within a job time must not jump. */
    public Clock steady() {
        return Clock.offset(system, correction());
    }

    private Duration correction() {
        Duration now = skew;
        return now.abs().compareTo(TOLERANCE) < 0 ? Duration.ZERO : now.negated();
    }

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(system.withZone(zone), correction());
    }

    @Override
    public Instant instant() {
        return system.instant().plus(correction());
    }
}
