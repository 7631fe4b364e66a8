package org.holdfast.scheduling.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final List<RetentionPoint> points = new ArrayList<>();

    @Test
    void keepsTheLastFew() {
        utc("2026-11-20T10:00", "2026-11-20T11:00", "2026-11-20T12:00", "2026-11-20T13:00");
        assertKept(new RetentionPolicy(3, 0, 0, 0, 0), ZoneOffset.UTC, """
                2026-11-20T13:00 newest complete, last 1 of 3
                2026-11-20T12:00 last 2 of 3
                2026-11-20T11:00 last 3 of 3
                """);
    }

    @Test
    void keepsTheLastOfEachDayThatHasOne() {
        utc("2026-11-01T09:00", "2026-11-18T23:59", "2026-11-19T00:00", "2026-11-19T23:59", "2026-11-22T08:00",
                "2026-11-22T20:00");
        assertKept(new RetentionPolicy(0, 3, 0, 0, 0), ZoneOffset.UTC, """
                2026-11-22T20:00 newest complete, daily 2026-11-22
                2026-11-19T23:59 daily 2026-11-19
                2026-11-18T23:59 daily 2026-11-18
                """);
    }

    @Test
    void rulesAddUp() {
        utc("2024-12-31T22:00", "2025-06-30T22:00", "2026-10-31T22:00", "2026-11-15T22:00", "2026-11-16T22:00",
                "2026-11-20T22:00", "2026-11-21T22:00", "2026-11-22T10:00", "2026-11-22T22:00");
        assertKept(new RetentionPolicy(1, 2, 2, 2, 3), ZoneOffset.UTC, """
                2026-11-22T22:00 newest complete, last 1 of 1, daily 2026-11-22, weekly 2026-W47, \
                monthly 2026-11, yearly 2026
                2026-11-21T22:00 daily 2026-11-21
                2026-11-15T22:00 weekly 2026-W46
                2026-10-31T22:00 monthly 2026-10
                2025-06-30T22:00 yearly 2025
                2024-12-31T22:00 yearly 2024
                """);
    }

    @ParameterizedTest
    @CsvSource({
            // Sundays end the week, and the days around new year belong to the week with the Thursday.
            "2020-12-31, 2020-W53", "2021-01-03, 2020-W53", "2021-01-04, 2021-W01", "2018-12-31, 2019-W01",
            "2026-12-31, 2026-W53", "2027-01-03, 2026-W53", "2027-01-04, 2027-W01", "2024-12-29, 2024-W52",
            "2024-12-30, 2025-W01", "2024-02-29, 2024-W09", "2026-11-22, 2026-W47", "2026-11-23, 2026-W48" })
    void weeksAreIsoWeeks(String day, String week) {
        utc(day + "T12:00");
        Instant later = Instant.parse("2030-01-01T00:00:00Z");
        RetentionDecision only = new Retention(new RetentionPolicy(0, 0, 1, 0, 0), ZoneOffset.UTC)
                .decide(points, later).getFirst();
        assertEquals(List.of("newest complete", "weekly " + week), only.words());
    }

    @Test
    void aWeekAcrossNewYearIsOneWeekAndTwoYears() {
        utc("2026-12-28T12:00", "2026-12-31T12:00", "2027-01-01T12:00", "2027-01-03T12:00", "2027-01-04T12:00");
        assertKept(new RetentionPolicy(0, 0, 2, 0, 2), ZoneOffset.UTC, "2027-01-05T00:00:00Z", """
                2027-01-04T12:00 newest complete, weekly 2027-W01, yearly 2027
                2027-01-03T12:00 weekly 2026-W53
                2026-12-31T12:00 yearly 2026
                """);
    }

    @Test
    void leapDaysAreDays() {
        utc("2024-02-28T12:00", "2024-02-29T12:00", "2024-03-01T12:00");
        assertKept(new RetentionPolicy(0, 2, 0, 2, 0), ZoneOffset.UTC, """
                2024-03-01T12:00 newest complete, daily 2024-03-01, monthly 2024-03
                2024-02-29T12:00 daily 2024-02-29, monthly 2024-02
                """);
    }

    @Test
    void daysAreThoseOfTheZone() {
        // In Berlin 23:30 UTC is the next day; in UTC both are of the same day.
        utc("2026-11-20T22:30", "2026-11-20T23:30");
        assertKept(new RetentionPolicy(0, 5, 0, 0, 0), BERLIN, """
                2026-11-20T23:30 newest complete, daily 2026-11-21
                2026-11-20T22:30 daily 2026-11-20
                """);
        assertKept(new RetentionPolicy(0, 5, 0, 0, 0), ZoneOffset.UTC, """
                2026-11-20T23:30 newest complete, daily 2026-11-20
                """);
        assertKept(new RetentionPolicy(0, 5, 0, 0, 0), TOKYO, """
                2026-11-20T23:30 newest complete, daily 2026-11-21
                """);
    }

    @Test
    void theDayOfThe25HoursIsOneDay() {
        // Summer time ends on 2026-10-25 in Berlin: that day is from 22:00 UTC to 23:00 UTC of the next.
        utc("2026-10-24T21:59", "2026-10-24T22:00", "2026-10-25T00:30", "2026-10-25T01:30", "2026-10-25T22:59",
                "2026-10-25T23:00");
        assertKept(new RetentionPolicy(0, 3, 0, 0, 0), BERLIN, """
                2026-10-25T23:00 newest complete, daily 2026-10-26
                2026-10-25T22:59 daily 2026-10-25
                2026-10-24T21:59 daily 2026-10-24
                """);
    }

    @Test
    void theDayOfThe23HoursIsOneDay() {
        // Summer time begins on 2026-03-29 in Berlin: that day is from 23:00 UTC to 22:00 UTC.
        utc("2026-03-28T22:59", "2026-03-28T23:00", "2026-03-29T21:59", "2026-03-29T22:00");
        assertKept(new RetentionPolicy(0, 3, 0, 0, 0), BERLIN, """
                2026-03-29T22:00 newest complete, daily 2026-03-30
                2026-03-29T21:59 daily 2026-03-29
                2026-03-28T22:59 daily 2026-03-28
                """);
    }

    @Test
    void groupsAreCountedApart() {
        points.add(new RetentionPoint("a1", at("2026-11-20T10:00"), "alpha", true, null));
        points.add(new RetentionPoint("a2", at("2026-11-21T10:00"), "alpha", true, null));
        points.add(new RetentionPoint("b1", at("2025-01-01T10:00"), "beta", true, null));
        List<RetentionDecision> decisions = decide(new RetentionPolicy(0, 1, 0, 0, 0), NOW);
        assertEquals(List.of("a2", "a1", "b1"), decisions.stream().map(it -> it.point().id()).toList());
        assertEquals(List.of(true, false, true), decisions.stream().map(RetentionDecision::keep).toList());
        assertEquals(List.of("newest complete", "daily 2025-01-01"), decisions.get(2).words());
    }

    @Test
    void theNewestStaysWhateverThePolicySays() {
        utc("2020-01-01T00:00", "2020-01-02T00:00");
        assertKept(new RetentionPolicy(0, 0, 0, 0, 0), ZoneOffset.UTC, """
                2020-01-02T00:00 newest complete
                """);
    }

    @Test
    void checkpointsStayUntilABackupIsComplete() {
        add("2026-11-19T10:00", false, null);
        add("2026-11-20T10:00", true, null);
        add("2026-11-21T10:00", false, null);
        add("2026-11-22T10:00", false, null);
        assertKept(new RetentionPolicy(5, 5, 5, 5, 5), ZoneOffset.UTC, """
                2026-11-22T10:00 interrupted, newer than the newest complete
                2026-11-21T10:00 interrupted, newer than the newest complete
                2026-11-20T10:00 newest complete, last 1 of 5, daily 2026-11-20, weekly 2026-W47, \
                monthly 2026-11, yearly 2026
                """);
        add("2026-11-23T10:00", true, null);
        assertKept(new RetentionPolicy(1, 0, 0, 0, 0), ZoneOffset.UTC, """
                2026-11-23T10:00 newest complete, last 1 of 1
                """);
    }

    @Test
    void checkpointsBeforeTheFirstCompleteBackupStay() {
        add("2026-11-19T10:00", false, null);
        add("2026-11-20T10:00", false, null);
        assertKept(new RetentionPolicy(1, 0, 0, 0, 0), ZoneOffset.UTC, """
                2026-11-20T10:00 interrupted, newer than the newest complete
                2026-11-19T10:00 interrupted, newer than the newest complete
                """);
    }

    @Test
    void onDemandPointsStayUntilTheirDate() {
        add("2026-01-01T10:00", true, NOW.plusSeconds(1));
        add("2026-01-02T10:00", true, NOW);
        add("2026-01-03T10:00", false, Instant.parse("2027-01-31T23:30:00Z"));
        add("2026-11-22T10:00", true, null);
        assertKept(new RetentionPolicy(1, 0, 0, 0, 0), BERLIN, """
                2026-11-22T10:00 newest complete, last 1 of 1
                2026-01-03T10:00 on demand until 2027-02-01
                2026-01-01T10:00 on demand until 2026-11-23
                """);
    }

    @Test
    void pointsFromTheFutureStayAndPushNothingOut() {
        utc("2026-11-22T10:00", "2026-11-23T10:00", "2031-05-05T05:05", "2031-05-06T05:05");
        add("2031-05-07T05:05", false, null);
        assertKept(new RetentionPolicy(1, 2, 0, 0, 0), BERLIN, """
                2031-05-07T05:05 in the future: 2031-05-07T07:05+02:00
                2031-05-06T05:05 in the future: 2031-05-06T07:05+02:00
                2031-05-05T05:05 in the future: 2031-05-05T07:05+02:00
                2026-11-23T10:00 newest complete, last 1 of 1, daily 2026-11-23
                2026-11-22T10:00 daily 2026-11-22
                """);
    }

    @Test
    void aClockThatFellBackRemovesNothing() {
        utc("2026-11-20T10:00", "2026-11-21T10:00", "2026-11-22T10:00");
        List<RetentionDecision> decisions = decide(new RetentionPolicy(1, 0, 0, 0, 0), Instant.EPOCH);
        assertTrue(decisions.stream().allMatch(RetentionDecision::keep));
    }

    @Test
    void aServerThatWasOffForLongLosesNothing() {
        utc("2026-11-20T10:00", "2026-11-21T10:00", "2026-11-22T10:00");
        List<RetentionDecision> decisions = decide(new RetentionPolicy(0, 3, 0, 0, 0),
                Instant.parse("2036-01-01T00:00:00Z"));
        assertTrue(decisions.stream().allMatch(RetentionDecision::keep));
    }

    @Test
    void pointsOfOneInstantAreOrderedByTheirIds() {
        for (String id : List.of("c", "a", "b")) {
            points.add(new RetentionPoint(id, NOW, "g", true, null));
        }
        List<RetentionDecision> decisions = decide(new RetentionPolicy(1, 1, 0, 0, 0), NOW);
        assertEquals(List.of("c", "b", "a"), decisions.stream().map(it -> it.point().id()).toList());
        assertEquals(List.of(true, false, false), decisions.stream().map(RetentionDecision::keep).toList());
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RetentionPolicy(0, -1, 0, 0, 0));
        points.add(new RetentionPoint("a", NOW, "g", true, null));
        points.add(new RetentionPoint("a", NOW, "h", true, null));
        assertThrows(IllegalArgumentException.class, () -> decide(new RetentionPolicy(1, 1, 1, 1, 1), NOW));
        assertEquals(List.of(), new Retention(new RetentionPolicy(0, 0, 0, 0, 0), BERLIN).decide(List.of(), NOW));
    }

    @Test
    void randomPointsKeepTheirProperties() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            points.clear();
            int count = random.nextInt(60);
            for (int i = 0; i < count; i++) {
                Instant time = NOW.minus(Duration.ofMinutes(random.nextInt(3 * 365 * 24 * 60) - 3 * 24 * 60));
                points.add(new RetentionPoint("p" + i, time, "g" + random.nextInt(3), random.nextInt(5) > 0,
                        random.nextInt(8) == 0 ? NOW.plus(Duration.ofDays(random.nextInt(20) - 10)) : null));
            }
            int[] counts = random.ints(5, 0, 6).toArray();
            RetentionPolicy policy = policy(counts);
            Map<String, RetentionDecision> decided = byId(policy);

            Collections.shuffle(points, random);
            assertEquals(decided, byId(policy), "the order of the points must not matter");
            assertNewestStays(decided);

            counts[random.nextInt(5)] += 1 + random.nextInt(3);
            Map<String, RetentionDecision> larger = byId(policy(counts));
            decided.forEach((id, decision) -> assertTrue(!decision.keep() || larger.get(id).keep(),
                    "larger counts must not remove more"));

            points.removeIf(point -> !decided.get(point.id()).keep());
            byId(policy).forEach((id, decision) -> assertEquals(decided.get(id), decision,
                    "a second run must change nothing"));
        }
    }

    private void assertNewestStays(Map<String, RetentionDecision> decided) {
        for (RetentionPoint point : points) {
            boolean newest = point.complete() && points.stream().noneMatch(other -> other.complete()
                    && other.group().equals(point.group()) && !other.time().isAfter(NOW)
                    && other.time().isAfter(point.time()));
            assertFalse(newest && !decided.get(point.id()).keep(), () -> "removed the newest of " + point.group());
        }
    }

    private static RetentionPolicy policy(int[] counts) {
        return new RetentionPolicy(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private Map<String, RetentionDecision> byId(RetentionPolicy policy) {
        Map<String, RetentionDecision> byId = new TreeMap<>();
        for (RetentionDecision decision : new Retention(policy, BERLIN).decide(points, NOW)) {
            byId.put(decision.point().id(), decision);
        }
        return byId;
    }

    private void utc(String... times) {
        for (String time : times) {
            add(time, true, null);
        }
    }

    private void add(String time, boolean complete, @Nullable Instant keepUntil) {
        points.add(new RetentionPoint(time, at(time), "srv1 /etc", complete, keepUntil));
    }

    private static Instant at(String time) {
        return LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    }

    private List<RetentionDecision> decide(RetentionPolicy policy, Instant now) {
        return new Retention(policy, ZoneOffset.UTC).decide(points, now);
    }

    private void assertKept(RetentionPolicy policy, ZoneId zone, String expected) {
        assertKept(policy, zone, NOW.toString(), expected);
    }

    private void assertKept(RetentionPolicy policy, ZoneId zone, String now, String expected) {
        StringBuilder kept = new StringBuilder();
        for (RetentionDecision decision : new Retention(policy, zone).decide(points, Instant.parse(now))) {
            if (decision.keep()) {
                kept.append(decision.point().id()).append(' ').append(String.join(", ", decision.words())).append('\n');
            }
        }
        assertEquals(expected, kept.toString());
    }
}
