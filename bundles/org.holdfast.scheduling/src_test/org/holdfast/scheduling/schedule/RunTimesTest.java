package org.holdfast.scheduling.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.junit.jupiter.api.Test;

/** Moments of schedules, above all around changes of the clocks. */
class RunTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static RunTimes times(Schedule schedule, ZoneId zone) {
        return new RunTimes(new RunPlan(schedule, zone.getId(), Duration.ZERO, true), ZoneOffset.UTC);
    }

    private static RunTimes daily(ZoneId zone, String... times) {
        return times(new Schedule.Daily(List.of(times).stream().map(LocalTime::parse).toList()), zone);
    }

    private static List<String> local(List<Instant> runs, ZoneId zone) {
        return runs.stream().map(r -> r.atZone(zone).toOffsetDateTime().toString()).toList();
    }

    private static Instant at(String local, ZoneId zone) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    @Test
    void severalTimesADayInOrderOfTheClock() {
        RunTimes times = daily(BERLIN, "22:00", "06:00", "12:30", "18:00", "00:00");
        assertEquals(List.of("2026-11-23T12:30+01:00", "2026-11-23T18:00+01:00", "2026-11-23T22:00+01:00",
                "2026-11-24T00:00+01:00", "2026-11-24T06:00+01:00"),
                local(times.preview(at("2026-11-23T06:00", BERLIN), 5), BERLIN));
    }

    @Test
    void aTimeThatDoesNotComeIsTakenBehindTheGapAndOnlyOnce() {
        RunTimes times = daily(BERLIN, "02:30");
        assertEquals(List.of("2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00"),
                local(times.preview(at("2026-03-28T00:00", BERLIN), 3), BERLIN));
        // Asked again from within the gap's hour, the same answer.
        assertEquals("2026-03-29T03:30+02:00",
                local(times.preview(Instant.parse("2026-03-29T01:10:00Z"), 1), BERLIN).getFirst());
    }

    @Test
    void timesInAndBehindTheGapComeInOrder() {
        assertEquals(List.of("2026-03-29T03:10+02:00", "2026-03-29T03:50+02:00", "2026-03-30T02:50+02:00"),
                local(daily(BERLIN, "02:50", "03:10").preview(at("2026-03-29T01:00", BERLIN), 3), BERLIN));
    }

    @Test
    void aTimeThatComesTwiceIsTakenOnce() {
        RunTimes times = daily(BERLIN, "02:30");
        assertEquals(List.of("2026-10-24T02:30+02:00", "2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"),
                local(times.preview(at("2026-10-24T00:00", BERLIN), 3), BERLIN));
        // In the second 02:10 of that night the day's run has been.
        assertEquals("2026-10-26T02:30+01:00",
                local(times.preview(Instant.parse("2026-10-25T01:10:00Z"), 1), BERLIN).getFirst());
    }

    @Test
    void quarterHoursGoOnThroughBothNights() {
        RunTimes times = times(new Schedule.Cron("*/15 * * * *"), BERLIN);
        for (String start : List.of("2026-03-28T23:30:00Z", "2026-10-24T22:30:00Z")) {
            List<Instant> runs = times.preview(Instant.parse(start), 20);
            for (int i = 0; i < runs.size(); i++) {
                assertEquals(Instant.parse(start).plusSeconds(900L * (i + 1)), runs.get(i));
            }
        }
    }

    @Test
    void cronAtAnHourIsOnceANight() {
        RunTimes times = times(new Schedule.Cron("30 2 * * *"), BERLIN);
        assertEquals(List.of("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"),
                local(times.preview(at("2026-10-24T12:00", BERLIN), 2), BERLIN));
        assertEquals(List.of("2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00"),
                local(times.preview(at("2026-03-28T12:00", BERLIN), 2), BERLIN));
    }

    @Test
    void cronFieldsMeanWhatCrontabSays() {
        assertEquals(List.of("2027-01-01T04:05Z", "2027-02-01T04:05Z"), local(
                times(new Schedule.Cron("5 4 1 * *"), ZoneOffset.UTC).preview(Instant.parse("2026-12-02T00:00:00Z"), 2),
                ZoneOffset.UTC));
        assertEquals(List.of("2026-11-27T22:00Z", "2026-11-30T22:00Z"), local(times(
                new Schedule.Cron("0 22 * * 1-5"), ZoneOffset.UTC).preview(Instant.parse("2026-11-26T23:00:00Z"), 2),
                ZoneOffset.UTC));
        assertEquals("2028-02-29T00:00Z", local(
                times(new Schedule.Cron("0 0 29 2 *"), ZoneOffset.UTC).preview(Instant.parse("2026-11-26T23:00:00Z"),
                        1),
                ZoneOffset.UTC).getFirst());
    }

    @Test
    void aCronThatNeverComesHasNoNextRun() {
        assertNull(times(new Schedule.Cron("0 0 30 2 *"), ZoneOffset.UTC).next(Instant.parse("2026-11-26T23:00:00Z")));
    }

    @Test
    void nonsenseIsRefusedWithAReason() {
        for (String bad : List.of("", "* * *", "61 * * * *", "a b c d e", "0 0 * * 9", "* * * * * *")) {
            var refused = assertThrows(HoldfastException.class, () -> times(new Schedule.Cron(bad), BERLIN), bad);
            assertEquals(Problem.INVALID_REQUEST, refused.problem());
        }
        assertThrows(HoldfastException.class, () -> new RunTimes(
                new RunPlan(new Schedule.Daily(List.of(LocalTime.NOON)), "Mars/Base", Duration.ZERO, true), BERLIN));
    }

    @Test
    void everyOtherWeekMeansTheSameWeeksEverywhere() {
        var schedule = new Schedule.Weekly(2, Set.of(DayOfWeek.SUNDAY, DayOfWeek.WEDNESDAY),
                List.of(LocalTime.of(1, 0)), LocalDate.of(2026, 11, 25));
        assertEquals(List.of("2026-11-25T01:00Z", "2026-11-29T01:00Z", "2026-12-09T01:00Z", "2026-12-13T01:00Z",
                "2026-12-23T01:00Z"),
                local(times(schedule, ZoneOffset.UTC).preview(Instant.parse("2026-11-23T00:00:00Z"), 5),
                        ZoneOffset.UTC));
        // From before the first week and from the middle of a week that does not count.
        assertEquals("2026-11-11T01:00Z", local(
                times(schedule, ZoneOffset.UTC).preview(Instant.parse("2026-11-04T00:00:00Z"), 1), ZoneOffset.UTC)
                .getFirst());
    }

    @Test
    void aPlanWithoutAZoneIsInTheServersOwn() {
        var plan = new RunPlan(new Schedule.Daily(List.of(LocalTime.of(22, 0))), "", Duration.ZERO, true);
        assertEquals(Instant.parse("2026-11-23T13:00:00Z"),
                new RunTimes(plan, ZoneId.of("Asia/Tokyo")).next(Instant.parse("2026-11-23T00:00:00Z")));
    }

    @Test
    void theLastRunIsFoundHoweverRareItIs() {
        assertEquals(Instant.parse("2026-11-22T22:00:00Z"),
                daily(ZoneOffset.UTC, "22:00").last(Instant.parse("2026-11-23T21:59:59Z")));
        assertEquals(Instant.parse("2026-11-22T22:00:00Z"),
                daily(ZoneOffset.UTC, "22:00").last(Instant.parse("2026-11-22T22:00:00Z")));
        assertEquals(Instant.parse("2024-02-29T00:00:00Z"),
                times(new Schedule.Cron("0 0 29 2 *"), ZoneOffset.UTC).last(Instant.parse("2026-11-23T21:59:59Z")));
    }

    @Test
    void aYearOfDaysHasARunOnEachOfThemInEveryZone() {
        for (String id : List.of("Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu",
                "America/St_Johns", "Africa/Casablanca", "Pacific/Apia")) {
            ZoneId zone = ZoneId.of(id);
            Instant start = at("2026-01-01T00:00", zone);
            List<Instant> runs = daily(zone, "00:30", "02:15").preview(start, 730);
            for (int i = 1; i < runs.size(); i++) {
                assertTrue(runs.get(i).isAfter(runs.get(i - 1)), id);
            }
            for (int day = 0; day < 365; day++) {
                LocalDate date = LocalDate.of(2026, 1, 1).plusDays(day);
                assertEquals(2, runs.stream().filter(r -> r.atZone(zone).toLocalDate().equals(date)).count(),
                        () -> id + " " + date);
            }
        }
    }
}
