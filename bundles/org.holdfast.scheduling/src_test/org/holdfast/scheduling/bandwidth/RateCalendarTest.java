package org.holdfast.scheduling.bandwidth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

import org.holdfast.api.policy.Bandwidth;
import org.junit.jupiter.api.Test;

/** Rates over a week, work hours over midnight, changes of the clocks. */
class RateCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long WORK = 1_000_000;
    private static final long OTHER = 50_000_000;

    private static RateCalendar calendar(Set<DayOfWeek> days, int from, int to) {
        return new RateCalendar(new Bandwidth(days, LocalTime.of(from, 0), LocalTime.of(to, 0), WORK, OTHER, false),
                BERLIN);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @Test
    void workHoursOfWorkDays() {
        RateCalendar calendar = calendar(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 9, 18);
        assertEquals(OTHER, calendar.bitsPerSecond(at("2026-11-23T08:59:59")));
        assertEquals(WORK, calendar.bitsPerSecond(at("2026-11-23T09:00")));
        assertEquals(WORK, calendar.bitsPerSecond(at("2026-11-23T17:59:59")));
        assertEquals(OTHER, calendar.bitsPerSecond(at("2026-11-23T18:00")));
        assertEquals(OTHER, calendar.bitsPerSecond(at("2026-11-22T12:00")));
        assertEquals(at("2026-11-23T09:00"), calendar.nextChange(at("2026-11-20T18:00")));
        assertEquals(at("2026-11-23T18:00"), calendar.nextChange(at("2026-11-23T12:00")));
    }

    @Test
    void hoursOverMidnightBelongToTheDayTheyBeginOn() {
        RateCalendar calendar = calendar(Set.of(DayOfWeek.FRIDAY), 22, 6);
        assertEquals(OTHER, calendar.bitsPerSecond(at("2026-11-20T05:00")));
        assertEquals(WORK, calendar.bitsPerSecond(at("2026-11-20T23:00")));
        assertEquals(WORK, calendar.bitsPerSecond(at("2026-11-21T05:59")));
        assertEquals(OTHER, calendar.bitsPerSecond(at("2026-11-21T06:00")));
        assertEquals(at("2026-11-21T06:00"), calendar.nextChange(at("2026-11-20T22:00")));
    }

    @Test
    void theSameStartAndEndIsTheWholeDay() {
        RateCalendar calendar = calendar(Set.of(DayOfWeek.SATURDAY), 0, 0);
        assertEquals(WORK, calendar.bitsPerSecond(at("2026-11-21T00:00")));
        assertEquals(WORK, calendar.bitsPerSecond(at("2026-11-21T23:59")));
        assertEquals(at("2026-11-22T00:00"), calendar.nextChange(at("2026-11-21T10:00")));
    }

    @Test
    void aWeekHasAsManyHoursAsItShould() {
        RateCalendar calendar = calendar(EnumSet.allOf(DayOfWeek.class), 1, 5);
        // Clocks go back on 25 October: that night's work hours last five hours. They go forward on 29 March.
        assertEquals(29, hours(calendar, at("2026-10-19T00:00"), at("2026-10-26T00:00")));
        assertEquals(27, hours(calendar, at("2026-03-23T00:00"), at("2026-03-30T00:00")));
        assertEquals(28, hours(calendar, at("2026-06-01T00:00"), at("2026-06-08T00:00")));
    }

    private static long hours(RateCalendar calendar, Instant from, Instant to) {
        long minutes = 0;
        for (Instant t = from; t.isBefore(to); t = t.plusSeconds(60)) {
            minutes += calendar.bitsPerSecond(t) == WORK ? 1 : 0;
        }
        return minutes / 60;
    }

    @Test
    void withoutWorkDaysThereIsNoChange() {
        RateCalendar calendar = calendar(Set.of(), 9, 18);
        Instant now = at("2026-11-23T12:00");
        assertEquals(OTHER, calendar.bitsPerSecond(now));
        assertEquals(at("2026-12-01T12:00"), calendar.nextChange(now));
    }
}
