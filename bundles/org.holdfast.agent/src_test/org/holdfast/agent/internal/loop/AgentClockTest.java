package org.holdfast.agent.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

import org.junit.jupiter.api.Test;

class AgentClockTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private final AgentClock clock = new AgentClock(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void smallDifferencesAreLeftAlone() {
        assertFalse(clock.isCompared());
        clock.compare(NOW.minusSeconds(30), NOW, NOW);

        assertTrue(clock.isCompared());
        assertEquals(Duration.ofSeconds(30), clock.skew());
        assertEquals(NOW, clock.instant());
    }

    @Test
    void theTimeAnAnswerTookIsNoDifference() {
        clock.compare(NOW.minusSeconds(4), NOW.minusSeconds(5), NOW);

        assertEquals(Duration.ZERO, clock.skew());
    }

    @Test
    void aWrongClockGoesByTheVaultsButNotWithinAJob() {
        Clock before = clock.steady();
        clock.compare(NOW.minus(Duration.ofDays(730)), NOW, NOW);

        assertEquals(NOW.minus(Duration.ofDays(730)), clock.instant());
        assertEquals(NOW, before.instant());
        Clock within = clock.steady();
        clock.compare(NOW, NOW, NOW);
        assertEquals(NOW, clock.instant());
        assertEquals(NOW.minus(Duration.ofDays(730)), within.instant());
    }

    @Test
    void pausesGrowToALimitWithChanceInThem() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2), new Random(1));
        long whole = 1000;
        for (int i = 0; i < 100; i++) {
            long wait = backoff.next().toMillis();
            assertTrue(wait >= Math.min(whole, 120_000) / 2 && wait <= Math.min(whole, 120_000), i + ": " + wait);
            whole = Math.min(whole * 2, 120_000);
        }
        backoff.reset();
        assertTrue(backoff.next().toMillis() <= 1000);
    }
}
