package org.holdfast.agent.internal.jobs;

import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Policy;
import org.holdfast.scheduling.bandwidth.RateCalendar;
import org.holdfast.upload.Throttle;
import org.holdfast.upload.TokenBucket;

/** The rate that the policy allows now, shared by all jobs; it follows the calendar and the policy as they change. */
public final class Rates {
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    private final Supplier<@Nullable Policy> policy;
    private final Clock clock;
    private final ZoneId zone;
    private final Throttle bucket = new TokenBucket(this::bitsPerSecond);
    private volatile long rate;
    private volatile long lookedAt = System.nanoTime() - LOOK_AGAIN_NANOS;

    /**
     * @param policy the one in force
     * @param zone of this server
     */
    public Rates(Supplier<@Nullable Policy> policy, Clock clock, ZoneId zone) {
        this.policy = policy;
        this.clock = clock;
        this.zone = zone;
    }

    /** Bits per second now, 0 for no limit. */
    public long bitsPerSecond() {
        long now = System.nanoTime();
        if (now - lookedAt >= LOOK_AGAIN_NANOS) {
            Policy current = policy.get();
            Bandwidth bandwidth = current == null ? Bandwidth.NONE : current.bandwidth();
            rate = bandwidth.limits() ? new RateCalendar(bandwidth, zone).bitsPerSecond(clock.instant())
                    : Bandwidth.UNLIMITED;
            lookedAt = now;
        }
        return rate;
    }

    /** For backups. */
    public Throttle sending() {
        return bucket;
    }

    /** For restores: none unless asked for or said by the policy. */
    public Throttle restoring(boolean asked) {
        Policy current = policy.get();
        return asked || current != null && current.bandwidth().throttleRestores() ? bucket : Throttle.NONE;
    }
}
