package org.holdfast.console.policies.internal;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.holdfast.api.policy.Bandwidth;

/** The work hours of a week as they are drawn and painted. */
final class WorkWeek {
    /** Hours of a day. */
    static final int HOURS = 24;

    private static final int MINUTES = 60;
    private static final int DAY = HOURS * MINUTES;

    /**
     * Work hours of one day, in minutes from midnight.
     *
     * @param day the day
     * @param from first minute
     * @param to behind the last minute, up to 1440
     */
    record Span(DayOfWeek day, int from, int to) {
    }

    private WorkWeek() {
    }

    /** The work hours; those over midnight are two spans. */
    static List<Span> spans(Bandwidth bandwidth) {
        var spans = new ArrayList<Span>();
        int from = minute(bandwidth.workStart());
        int to = minute(bandwidth.workEnd());
        for (DayOfWeek day : DayOfWeek.values()) {
            if (!bandwidth.workDays().contains(day)) {
                continue;
            }
            if (from == to) {
                spans.add(new Span(day, 0, DAY));
            } else if (from < to) {
                spans.add(new Span(day, from, to));
            } else {
                spans.add(new Span(day, from, DAY));
                if (to > 0) {
                    spans.add(new Span(day.plus(1), 0, to));
                }
            }
        }
        return spans;
    }

    private static int minute(LocalTime time) {
        return time.toSecondOfDay() / MINUTES;
    }

    /** Makes a rectangle of days and hours the work hours; corners in any order, hours 0 to 23. */
    static Bandwidth paint(Bandwidth bandwidth, DayOfWeek day, int hour, DayOfWeek otherDay, int otherHour) {
        int top = Math.min(day.getValue(), otherDay.getValue());
        int bottom = Math.max(day.getValue(), otherDay.getValue());
        var days = EnumSet.range(DayOfWeek.of(top), DayOfWeek.of(bottom));
        return new Bandwidth(days, LocalTime.of(Math.min(hour, otherHour), 0),
                LocalTime.of((Math.max(hour, otherHour) + 1) % HOURS, 0), bandwidth.workRate(),
                bandwidth.otherRate(), bandwidth.throttleRestores());
    }

    /** Makes a day one with work hours, or takes them from it. */
    static Bandwidth toggle(Bandwidth bandwidth, DayOfWeek day) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        days.addAll(bandwidth.workDays());
        if (!days.remove(day)) {
            days.add(day);
        }
        return withDays(bandwidth, days);
    }

    /** Other days with the same hours. */
    static Bandwidth withDays(Bandwidth bandwidth, Set<DayOfWeek> days) {
        return new Bandwidth(days, bandwidth.workStart(), bandwidth.workEnd(), bandwidth.workRate(),
                bandwidth.otherRate(), bandwidth.throttleRestores());
    }
}
