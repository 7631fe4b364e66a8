package org.holdfast.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long STEP = 200_000_000;
    private final RateMeter meter = new RateMeter();
    private long now = 17;
    private long amount;

    @Test
    void steadyWorkGivesItsRateAndTimeLeft() {
        run(10, 100, 10_000);
        assertEquals(500, meter.perSecond(), 0.01);
        assertNull(meter.remaining(), "too early");
        run(10, 100, 10_000);
        assertEquals(Duration.ofSeconds(16), meter.remaining());
    }

    @Test
    void theRateForgetsWhatIsMoreThanFiveSecondsAgo() {
        run(100, 1000, -1);
        run(26, 10, -1);
        assertEquals(50, meter.perSecond(), 0.01);
    }

    @Test
    void noTimeLeftWithoutTotal() {
        run(50, 100, -1);
        assertNull(meter.remaining());
    }

    @Test
    void noTimeLeftWhileEstimatesJump() {
        for (int i = 0; i < 8; i++) {
            run(2, 1, 1_000_000);
            run(2, 1000, 1_000_000);
        }
        run(1, 200_000, 1_000_000);
        assertNull(meter.remaining());
    }

    @Test
    void noRateBeforeTheSecondSample() {
        meter.sample(now, 5, 10);
        assertEquals(0, meter.perSecond());
        assertNull(meter.remaining());
    }

    @Test
    void startsAgainWhenTheAmountDoes() {
        run(50, 100, 10_000);
        assertNotNull(meter.remaining());
        amount = 0;
        run(1, 100, 10_000);
        assertEquals(0, meter.perSecond());
        assertNull(meter.remaining());
    }

    private void run(int samples, long each, long total) {
        for (int i = 0; i < samples; i++) {
            now += STEP;
            amount += each;
            meter.sample(now, amount, total);
        }
    }
}
