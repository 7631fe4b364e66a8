package org.holdfast.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

class TestClockTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void standsUntilItIsMoved() {
        var clock = TestClock.at(NOON);
        assertEquals(NOON, clock.instant());
        clock.advance(Duration.ofNanos(1));
        assertEquals(NOON.plusNanos(1), clock.instant());
        clock.advance(Duration.ofDays(-730));
        assertEquals(NOON.plusNanos(1).minus(Duration.ofDays(730)), clock.instant());
        clock.set(NOON);
        assertEquals(NOON, clock.instant());
    }

    @Test
    void runsOnFromWhereItWasMoved() {
        var clock = TestClock.running();
        Instant before = Clock.systemUTC().instant();
        clock.advance(Duration.ofDays(1));
        assertTrue(!clock.instant().isBefore(before.plus(Duration.ofDays(1))), () -> "shows " + clock.instant());
        clock.set(NOON);
        Instant shown = clock.instant();
        assertTrue(!shown.isBefore(NOON) && shown.isBefore(NOON.plus(Duration.ofHours(1))), () -> "shows " + shown);
    }

    @Test
    void isTheSameClockInAnotherZone() {
        var clock = TestClock.at(NOON);
        Clock east = clock.withZone(ZoneId.of("Pacific/Kiritimati"));
        assertEquals(LocalDate.of(2026, 11, 24), LocalDate.now(east));
        clock.advance(Duration.ofDays(1));
        assertEquals(LocalDate.of(2026, 11, 25), LocalDate.now(east));
        assertEquals(clock.instant(), east.instant());
    }
}
