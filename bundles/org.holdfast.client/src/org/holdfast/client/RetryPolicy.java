package org.holdfast.client;

import java.time.Duration;

/**
 * How long to go on when the vault cannot be reached or asks to come back later. The pauses double from the first to
 * the longest, each shortened by a random part (full jitter: Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog 2015), so that many agents do not come back at once.
 *
 * @param attempts how many times to try at most, 1 or more
 * @param firstPause upper limit of the first pause
 * @param longestPause upper limit of any pause
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
    /** A few tries within about a quarter of a minute: for people who wait. */
    public static final RetryPolicy SHORT = new RetryPolicy(5, Duration.ofMillis(250), Duration.ofSeconds(8));
    /** For work in the background: about a quarter of an hour. */
    public static final RetryPolicy LONG = new RetryPolicy(40, Duration.ofMillis(500), Duration.ofSeconds(45));
    /** Once. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
}
