package org.holdfast.console.client.recover;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;

/**
 * Where recovery points lie on a strip of a given width: linear in time, so that a gap in the backups is a gap on the
 * strip. Points too close to be told apart share a mark. Pure geometry.
 */
public final class TimeLine {
    /**
     * One or more points at a place.
     *
     * @param x centre, from the left edge
     * @param points oldest first
     * @param state the worst among them
     */
    public record Mark(int x, List<PointSummary> points, PointState state) {
    }

    /** What a tick stands for. */
    public enum Unit {
        HOUR, DAY, MONTH, YEAR
    }

    /**
     * A tick of the scale.
     *
     * @param x from the left edge
     * @param time what it stands for
     * @param unit how to word it
     */
    public record Tick(int x, ZonedDateTime time, Unit unit) {
    }

    private final List<Mark> marks;
    private final List<Tick> ticks;

    private TimeLine(List<Mark> marks, List<Tick> ticks) {
        this.marks = marks;
        this.ticks = ticks;
    }

    /**
     * Lays points out.
     *
     * @param points oldest first
     * @param width of the strip
     * @param margin kept free at both ends
     * @param apart least distance of two marks
     * @param tickApart least distance of two ticks
     */
    public static TimeLine of(List<PointSummary> points, int width, int margin, int apart, int tickApart,
            ZoneId zone) {
        if (points.isEmpty()) {
            return new TimeLine(List.of(), List.of());
        }
        Instant first = points.getFirst().time();
        Instant last = points.getLast().time();
        var scale = new Scale(first, last, margin, Math.max(1, width - 2 * margin));
        var marks = new ArrayList<Mark>();
        var group = new ArrayList<PointSummary>();
        int groupX = 0;
        for (PointSummary point : points) {
            int x = scale.x(point.time());
            if (!group.isEmpty() && x - groupX >= apart) {
                marks.add(mark(groupX, group));
                group.clear();
            }
            if (group.isEmpty()) {
                groupX = x;
            }
            group.add(point);
        }
        marks.add(mark(groupX, group));
        return new TimeLine(List.copyOf(marks), ticks(scale, first, last, tickApart, zone));
    }

    /** Marks from left to right. */
    public List<Mark> marks() {
        return marks;
    }

    /** Ticks from left to right. */
    public List<Tick> ticks() {
        return ticks;
    }

    /** The mark nearest to a place, or -1 when there is none within {@code reach}. */
    public int nearest(int x, int reach) {
        int best = -1;
        int distance = reach + 1;
        for (int i = 0; i < marks.size(); i++) {
            int d = Math.abs(marks.get(i).x() - x);
            if (d < distance) {
                distance = d;
                best = i;
            }
        }
        return best;
    }

    /** The mark that holds a point, or -1. */
    public int markOf(String pointId) {
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).points().stream().anyMatch(p -> p.id().equals(pointId))) {
                return i;
            }
        }
        return -1;
    }

    private static Mark mark(int x, List<PointSummary> points) {
        PointState worst = points.stream().map(PointSummary::state).max(PointState::compareTo).orElseThrow();
        return new Mark(x, List.copyOf(points), worst);
    }

    private record Scale(Instant first, Instant last, int left, int length) {
        int x(Instant time) {
            long span = ChronoUnit.SECONDS.between(first, last);
            if (span <= 0) {
                return left + length / 2;
            }
            return left + (int) (length * (double) ChronoUnit.SECONDS.between(first, time) / span);
        }
    }

    private static List<Tick> ticks(Scale scale, Instant first, Instant last, int apart, ZoneId zone) {
        ZonedDateTime from = first.atZone(zone);
        ZonedDateTime to = last.atZone(zone);
        record Step(Unit unit, UnaryOperator<ZonedDateTime> next, ZonedDateTime start) {
        }
        LocalDate day = from.toLocalDate();
        ZonedDateTime midnight = day.atStartOfDay(zone);
        var steps = new ArrayList<Step>();
        for (int hours : new int[] { 1, 3, 6, 12 }) {
            steps.add(new Step(Unit.HOUR, t -> t.plusHours(hours), midnight));
        }
        for (int days : new int[] { 1, 2, 7, 14 }) {
            steps.add(new Step(Unit.DAY, t -> t.plusDays(days), midnight));
        }
        for (int months : new int[] { 1, 3, 6 }) {
            steps.add(new Step(Unit.MONTH, t -> t.plusMonths(months), midnight.withDayOfYear(1)));
        }
        for (int years : new int[] { 1, 5, 10 }) {
            steps.add(new Step(Unit.YEAR, t -> t.plusYears(years), midnight.withDayOfYear(1)));
        }
        for (Step step : steps) {
            List<Tick> found = ticks(scale, step.start(), step.next(), step.unit(), from, to, apart);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Ticks of one step, or none when they would be too close. */
    private static List<Tick> ticks(Scale scale, ZonedDateTime start, UnaryOperator<ZonedDateTime> next, Unit unit,
            ZonedDateTime from, ZonedDateTime to, int apart) {
        var found = new ArrayList<Tick>();
        int limit = scale.length() / apart + 2;
        for (ZonedDateTime t = start; !t.isAfter(to); t = next.apply(t)) {
            if (t.isBefore(from)) {
                continue;
            }
            int x = scale.x(t.toInstant());
            if (found.size() > limit || !found.isEmpty() && x - found.getLast().x() < apart) {
                return List.of();
            }
            found.add(new Tick(x, t, unit));
        }
        return found;
    }
}
