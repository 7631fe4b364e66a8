package org.holdfast.engine.internal;

import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Rate of a running job over the last five seconds and the time it still needs. The estimate is handed out only once
 * it is stable: while successive estimates of the end still jump about, none is better than a wrong one. Pure; one
 * thread at a time.
 */
public final class RateMeter {
    private static final double SECOND = 1e9;
    private static final int SAMPLES = 32;
    private static final double WINDOW_SECONDS = 5;
    /** Estimates are compared over the last two seconds, at five a second. */
    private static final int ESTIMATES = 10;

    private final long[] times = new long[SAMPLES];
    private final long[] amounts = new long[SAMPLES];
    private int samples;
    private final double[] ends = new double[ESTIMATES];
    private int estimates;

    /**
     * Takes a sample.
     *
     * @param nanos monotonic time
     * @param amount what was done so far; when it is less than before, the meter starts again
     * @param total what is to be done in all, or -1 while that is unknown
     */
    public void sample(long nanos, long amount, long total) {
        if (samples > 0 && amount < amounts[(samples - 1) % SAMPLES]) {
            samples = 0;
            estimates = 0;
        }
        times[samples % SAMPLES] = nanos;
        amounts[samples % SAMPLES] = amount;
        samples++;
        double rate = perSecond();
        if (total < 0 || rate <= 0) {
            estimates = 0;
        } else {
            ends[estimates++ % ESTIMATES] = nanos / SECOND + Math.max(0, total - amount) / rate;
        }
    }

    /** Amount per second over the last five seconds; 0 before the second sample. */
    public double perSecond() {
        if (samples < 2) {
            return 0;
        }
        int last = samples - 1;
        int first = last;
        while (first > 0 && last - first < SAMPLES - 1
                && seconds(first - 1, last) <= WINDOW_SECONDS) {
            first--;
        }
        if (first == last) {
            first--;
        }
        double time = seconds(first, last);
        return time <= 0 ? 0 : (amounts[last % SAMPLES] - amounts[first % SAMPLES]) / time;
    }

    private double seconds(int from, int to) {
        return (times[to % SAMPLES] - times[from % SAMPLES]) / SECOND;
    }

    /** Time left as of the last sample, or null while the estimate is not stable. */
    public @Nullable Duration remaining() {
        if (estimates < ESTIMATES) {
            return null;
        }
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        double sum = 0;
        for (double end : ends) {
            least = Math.min(least, end);
            most = Math.max(most, end);
            sum += end;
        }
        double left = Math.max(0, sum / ESTIMATES - times[(samples - 1) % SAMPLES] / SECOND);
        return most - least > 2 + left / 4 ? null : Duration.ofSeconds(Math.round(left));
    }
}
