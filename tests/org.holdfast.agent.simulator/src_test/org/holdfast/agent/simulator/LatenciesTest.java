package org.holdfast.agent.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/** Percentiles of known times. */
class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void isRightWithinTwoPercent() {
        for (int millis = 1; millis <= 10_000; millis++) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        assertEquals(10_000, latencies.count());
        assertEquals(5000, latencies.percentile(0.5), 100);
        assertEquals(9900, latencies.percentile(0.99), 198);
        assertEquals(10_000, latencies.percentile(1), 0.001);
        assertEquals(5000.5, (double) latencies.summary().get("mean"), 0.001);
    }

    @Test
    void keepsSmallTimesExactly() {
        for (int micros = 0; micros < 128; micros++) {
            latencies.clear();
            latencies.add(TimeUnit.MICROSECONDS.toNanos(micros));
            assertEquals(micros / 1000.0, latencies.percentile(0.5), 0.0001);
        }
    }

    @Test
    void bearsAnything() {
        latencies.add(-5);
        latencies.add(TimeUnit.DAYS.toNanos(1));

        assertEquals(2, latencies.count());
        assertEquals(0, latencies.percentile(0.5), 0.0001);
        assertEquals(TimeUnit.DAYS.toMillis(1), latencies.percentile(1), 0.001);
    }

    @Test
    void knowsNothingAtFirst() {
        assertEquals(0, latencies.percentile(0.99), 0);
        assertEquals(0L, latencies.summary().get("count"));
    }
}
