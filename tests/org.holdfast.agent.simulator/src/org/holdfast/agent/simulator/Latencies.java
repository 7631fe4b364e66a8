package org.holdfast.agent.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long something took, many times: counts in classes whose width is 1/64 of their value, so a percentile is right
 * within 1.6 % (the idea is Gil Tene's HdrHistogram). Times are counted from when something was due, not from when it
 * was begun: what waits behind something slow counts as slow too. Thread-safe.
 */
public final class Latencies {
    private static final int FINE = 64;
    private static final int FINE_BITS = 6;

    private final AtomicLongArray counts = new AtomicLongArray(FINE * 40);
    private final LongAdder sum = new LongAdder();
    private final AtomicLong most = new AtomicLong();

    /** Counts a time; one below zero counts as zero. */
    public void add(long nanos) {
        long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
        counts.incrementAndGet(classOf(micros));
        sum.add(micros);
        most.accumulateAndGet(micros, Math::max);
    }

    /** How many there are. */
    public long count() {
        long all = 0;
        for (int i = 0; i < counts.length(); i++) {
            all += counts.get(i);
        }
        return all;
    }

    /**
     * A time that this share of all times does not exceed.
     *
     * @param share 0 to 1
     * @return milliseconds, 0 when there are none
     */
    public double percentile(double share) {
        long wanted = (long) Math.ceil(share * count());
        long seen = 0;
        for (int i = 0; i < counts.length(); i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return Math.min(highest(i), most.get()) / 1000.0;
            }
        }
        return 0;
    }

    /** Forgets everything. */
    public void clear() {
        for (int i = 0; i < counts.length(); i++) {
            counts.set(i, 0);
        }
        sum.reset();
        most.set(0);
    }

    /** Count, mean, percentiles and maximum; milliseconds. */
    public Map<String, Object> summary() {
        var summary = new LinkedHashMap<String, Object>();
        long count = count();
        summary.put("count", count);
        summary.put("mean", count == 0 ? 0 : Math.round(sum.sum() / (double) count) / 1000.0);
        summary.put("p50", percentile(0.5));
        summary.put("p90", percentile(0.9));
        summary.put("p99", percentile(0.99));
        summary.put("max", most.get() / 1000.0);
        return summary;
    }

    private int classOf(long micros) {
        if (micros < FINE) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - FINE_BITS - Long.numberOfLeadingZeros(micros);
        return Math.min(counts.length() - 1, (shift + 1) * FINE + (int) (micros >>> shift) - FINE);
    }

    private static long highest(int place) {
        if (place < FINE) {
            return place;
        }
        int shift = place / FINE - 1;
        return ((long) (place % FINE + FINE + 1) << shift) - 1;
    }
}
