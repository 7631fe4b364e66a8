package org.holdfast.console.client.recover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.testkit.FakePoint;
import org.junit.jupiter.api.Test;

class TimeLineTest {
    private static PointSummary point(int number, String time, PointState state) {
        return FakePoint.of(number, time, "s", "/", state).summary();
    }

    private static TimeLine line(List<PointSummary> points, ZoneId zone) {
        return TimeLine.of(points, 1000, 20, 14, 80, zone);
    }

    @Test
    void nothingGivesNothing() {
        assertEquals(List.of(), line(List.of(), ZoneOffset.UTC).marks());
        assertEquals(-1, line(List.of(), ZoneOffset.UTC).nearest(0, 100));
    }

    @Test
    void aSinglePointIsInTheMiddle() {
        TimeLine line = line(List.of(point(1, "2026-11-20T22:00:00Z", PointState.COMPLETED)), ZoneOffset.UTC);
        assertEquals(500, line.marks().getFirst().x());
    }

    @Test
    void distanceIsTime() {
        TimeLine line = line(List.of(point(1, "2026-11-10T00:00:00Z", PointState.COMPLETED),
                point(2, "2026-11-11T00:00:00Z", PointState.COMPLETED),
                point(3, "2026-11-20T00:00:00Z", PointState.COMPLETED)), ZoneOffset.UTC);
        assertEquals(List.of(20, 116, 980), line.marks().stream().map(TimeLine.Mark::x).toList());
        assertEquals(1, line.nearest(120, 10));
        assertEquals(-1, line.nearest(400, 10));
        assertEquals(2, line.markOf(point(3, "2026-11-20T00:00:00Z", PointState.COMPLETED).id()));
    }

    @Test
    void closePointsShareAMarkWithTheWorstState() {
        TimeLine line = line(List.of(point(1, "2026-11-10T00:00:00Z", PointState.COMPLETED),
                point(2, "2026-11-19T23:00:00Z", PointState.COMPLETED_WITH_WARNINGS),
                point(3, "2026-11-19T23:30:00Z", PointState.INTERRUPTED),
                point(4, "2026-11-20T00:00:00Z", PointState.COMPLETED)), ZoneOffset.UTC);
        assertEquals(2, line.marks().size());
        assertEquals(3, line.marks().get(1).points().size());
        assertEquals(PointState.INTERRUPTED, line.marks().get(1).state());
    }

    @Test
    void ticksAreWholeDaysOfTheZoneAcrossTheChangeOfTheClock() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        TimeLine line = TimeLine.of(List.of(point(1, "2026-10-23T12:00:00Z", PointState.COMPLETED),
                point(2, "2026-10-28T12:00:00Z", PointState.COMPLETED)), 1000, 20, 14, 120, zone);
        assertEquals(5, line.ticks().size());
        assertTrue(line.ticks().stream().allMatch(t -> t.unit() == TimeLine.Unit.DAY && t.time().getHour() == 0));
    }

    @Test
    void ticksNeverCrowdWhateverTheSpan() {
        Instant start = Instant.parse("2020-02-29T13:00:00Z");
        for (long minutes : new long[] { 1, 30, 200, 1500, 20_000, 300_000, 4_000_000, 60_000_000 }) {
            var points = new ArrayList<PointSummary>();
            points.add(point(1, start.toString(), PointState.COMPLETED));
            points.add(point(2, start.plus(minutes, ChronoUnit.MINUTES).toString(), PointState.COMPLETED));
            var ticks = line(points, ZoneOffset.UTC).ticks();
            for (int i = 1; i < ticks.size(); i++) {
                assertTrue(ticks.get(i).x() - ticks.get(i - 1).x() >= 80, minutes + " minutes");
            }
            assertTrue(ticks.size() <= 13);
        }
    }
}
