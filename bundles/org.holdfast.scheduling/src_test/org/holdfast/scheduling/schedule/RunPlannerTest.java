package org.holdfast.scheduling.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.junit.jupiter.api.Test;

/** What a server does next, also after it was off or its clock was wrong. */
class RunPlannerTest {
    private static final Instant TEN = Instant.parse("2026-11-22T22:00:00Z");

    private static RunPlanner planner(Duration jitter, boolean catchUp) {
        var plan = new RunPlan(new Schedule.Daily(List.of(LocalTime.of(22, 0))), "UTC", jitter, catchUp);
        return new RunPlanner(plan, "server-1", ZoneOffset.UTC);
    }

    @Test
    void waitsForTheNextRun() {
        NextRun next = planner(Duration.ZERO, true).next(TEN, TEN.plusSeconds(3600));
        assertEquals(new NextRun(TEN.plus(Duration.ofDays(1)), TEN.plus(Duration.ofDays(1)), false), next);
    }

    @Test
    void aRunThatIsDueStartsAndIsNotMissed() {
        Instant now = TEN.plus(Duration.ofDays(1)).plusSeconds(20);
        NextRun next = planner(Duration.ZERO, false).next(TEN, now);
        assertFalse(next.start().isAfter(now));
        assertFalse(next.caughtUp());
        assertEquals(TEN.plus(Duration.ofDays(1)), next.scheduled());
    }

    @Test
    void manyMissedRunsAreMadeUpForByOne() {
        Instant now = TEN.plus(Duration.ofDays(30)).plusSeconds(7200);
        NextRun next = planner(Duration.ZERO, true).next(TEN, now);
        assertTrue(next.caughtUp());
        assertEquals(TEN.plus(Duration.ofDays(30)), next.scheduled());
        assertFalse(next.start().isAfter(now));
        NextRun following = planner(Duration.ZERO, true).next(next.scheduled(), now);
        assertEquals(TEN.plus(Duration.ofDays(31)), following.start());
    }

    @Test
    void withoutCatchUpMissedRunsArePassedOver() {
        Instant now = TEN.plus(Duration.ofDays(30)).plusSeconds(7200);
        NextRun next = planner(Duration.ZERO, false).next(TEN, now);
        assertEquals(new NextRun(TEN.plus(Duration.ofDays(31)), TEN.plus(Duration.ofDays(31)), false), next);
    }

    @Test
    void aClockThatWasYearsAheadDoesNotStopBackups() {
        Instant ahead = TEN.plus(Duration.ofDays(730));
        NextRun next = planner(Duration.ZERO, true).next(ahead, TEN.plusSeconds(60));
        assertEquals(TEN.plus(Duration.ofDays(1)), next.start());
    }

    @Test
    void jitterMovesTheStartAndNothingElse() {
        Duration jitter = Jitter.of("server-1", Duration.ofHours(2));
        assertTrue(jitter.compareTo(Duration.ZERO) > 0 && jitter.compareTo(Duration.ofHours(2)) < 0);
        RunPlanner planner = planner(Duration.ofHours(2), true);
        Instant tomorrow = TEN.plus(Duration.ofDays(1));
        assertEquals(new NextRun(tomorrow, tomorrow.plus(jitter), false), planner.next(TEN, TEN));
        // Between the time and the server's own start it is neither due nor missed.
        assertEquals(new NextRun(tomorrow, tomorrow.plus(jitter), false),
                planner.next(TEN, tomorrow.plus(jitter).minusSeconds(1)));
        NextRun missed = planner.next(TEN, tomorrow.plus(jitter).plusSeconds(600));
        assertTrue(missed.caughtUp());
        assertEquals(tomorrow, missed.scheduled());
    }

    @Test
    void jitterSpreadsAFleet() {
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            tenths[(int) (Jitter.of("server-" + i, Duration.ofSeconds(1000)).toSeconds() / 100)]++;
        }
        for (int count : tenths) {
            assertTrue(count > 850 && count < 1150, "uneven: " + count);
        }
        assertEquals(Duration.ZERO, Jitter.of("server-1", Duration.ZERO));
    }
}
