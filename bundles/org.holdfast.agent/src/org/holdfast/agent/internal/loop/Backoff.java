package org.holdfast.agent.internal.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long after each failure up to a limit, each time a random part of it
 * between half and all, so that a fleet does not come back at one moment. One thread at a time.
 */
public final class Backoff {
    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    /**
     * @param first the wait after the first failure, at most
     * @param most the longest wait
     */
    public Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** Counts a failure and tells how long to wait. */
    public Duration next() {
        long whole = Math.min(most.toMillis(), first.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        if (whole <= 0) {
            whole = most.toMillis();
        }
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }

    /** Forgets the failures. */
    public void reset() {
        failures = 0;
    }

    /** Failures in a row. */
    public int failures() {
        return failures;
    }
}
