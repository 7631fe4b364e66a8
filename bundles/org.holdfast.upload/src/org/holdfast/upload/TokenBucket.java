package org.holdfast.upload;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Keeps transfers to a rate that may change at any time. Each piece is given the moment at which it may go, one after
 * another at the rate; a caller who comes late may use what was left over for at most {@link #BURST_NANOS}, so over ten
 * seconds no more than a hundredth above the rate is sent.
 */
public final class TokenBucket implements Throttle {
    /** How much of an idle while may be made up for. */
    static final long BURST_NANOS = 100_000_000;
    /** The longest wait before the rate is looked at again, so that a caller is not held by a rate of before. */
    private static final long LONGEST_WAIT_NANOS = 500_000_000;
    private static final double BIT_NANOS = 8e9;

    private final LongSupplier bitsPerSecond;
    private final LongSupplier nanos;
    private long free = Long.MIN_VALUE;
    private long rateOfFree;

    /** @param bitsPerSecond the rate that holds now, 0 for none; called for each piece, so it must be quick */
    public TokenBucket(LongSupplier bitsPerSecond) {
        this(bitsPerSecond, System::nanoTime);
    }

    /** For tests: with a clock of their own. */
    TokenBucket(LongSupplier bitsPerSecond, LongSupplier nanos) {
        this.bitsPerSecond = bitsPerSecond;
        this.nanos = nanos;
    }

    @Override
    public void acquire(int bytes) throws InterruptedException {
        long wait = reserve(bytes);
        long until = nanos.getAsLong() + wait;
        while (wait > 0) {
            if (bitsPerSecond.getAsLong() == 0) {
                return;
            }
            LockSupport.parkNanos(Math.min(wait, LONGEST_WAIT_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            wait = until - nanos.getAsLong();
        }
    }

    /** Takes the next place in the row; how long to wait for it in nanoseconds, 0 or less for not at all. */
    synchronized long reserve(int bytes) {
        long rate = bitsPerSecond.getAsLong();
        long now = nanos.getAsLong();
        if (rate <= 0) {
            free = Long.MIN_VALUE;
            return 0;
        }
        if (free == Long.MIN_VALUE || free - now < -BURST_NANOS) {
            free = now - (free == Long.MIN_VALUE ? 0 : BURST_NANOS);
        } else if (rate != rateOfFree && free > now) {
            // What waits ahead of us was given its place at another rate.
            free = now + (long) ((free - now) * ((double) rateOfFree / rate));
        }
        rateOfFree = rate;
        long start = free;
        free += (long) (bytes * BIT_NANOS / rate);
        return start - now;
    }
}
