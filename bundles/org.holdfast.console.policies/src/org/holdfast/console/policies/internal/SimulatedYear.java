package org.holdfast.console.policies.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.fleet.PolicyPreview;

/**
 * The points that a policy would make in a year, and when each goes again, by days of a time zone.
 *
 * @param first day of the first point
 * @param last day on which the simulation ends
 * @param points the oldest first
 * @param cut whether there were too many to simulate all days
 */
record SimulatedYear(LocalDate first, LocalDate last, List<Point> points, boolean cut) {
    /** Nothing to show. */
    static final SimulatedYear EMPTY = new SimulatedYear(LocalDate.EPOCH, LocalDate.EPOCH, List.of(), false);

    /** The vault server simulates no more points than this. */
    private static final int MOST = 1500;

    /** The rules that keep points, the longest first. */
    enum Tier {
        YEARLY, MONTHLY, WEEKLY, DAILY, LAST, NEWEST;

        static Tier of(List<String> reasons) {
            // The newest stands for its day, week, month and year as well, but only until the next one comes.
            if (reasons.contains("newest")) {
                return NEWEST;
            }
            for (Tier tier : values()) {
                if (reasons.contains(tier.name().toLowerCase(java.util.Locale.ROOT))) {
                    return tier;
                }
            }
            return NEWEST;
        }
    }

    /**
     * A point.
     *
     * @param made when
     * @param day on which day that is
     * @param removed the day on which it goes, or null when it is there at the end
     * @param tier what keeps it, or kept it last
     */
    record Point(Instant made, LocalDate day, @Nullable LocalDate removed, Tier tier) {
        /** Whether it is there at the end of a day. */
        boolean isThere(LocalDate at) {
            LocalDate gone = removed;
            return !day.isAfter(at) && (gone == null || gone.isAfter(at));
        }

        private LocalDate end() {
            LocalDate gone = removed;
            return gone == null ? LocalDate.MAX : gone;
        }
    }

    /** What a vault server says a policy would do, in {@value PreviewFeed#DAYS} days. */
    static SimulatedYear of(PolicyPreview preview, ZoneId zone) {
        var points = new ArrayList<Point>();
        for (PolicyPreview.Kept kept : preview.kept()) {
            points.add(new Point(kept.time(), LocalDate.ofInstant(kept.time(), zone), null, Tier.of(kept.reasons())));
        }
        for (PolicyPreview.Removed gone : preview.removed()) {
            points.add(new Point(gone.time(), LocalDate.ofInstant(gone.time(), zone),
                    LocalDate.ofInstant(gone.until(), zone), Tier.of(gone.reasons())));
        }
        if (points.isEmpty()) {
            return EMPTY;
        }
        points.sort(Comparator.comparing(Point::made));
        LocalDate first = points.getFirst().day();
        boolean cut = points.size() >= MOST;
        return new SimulatedYear(first, cut ? points.getLast().day() : first.plusDays(PreviewFeed.DAYS - 1L),
                List.copyOf(points), cut);
    }

    /** How many days it has. */
    int days() {
        return (int) (last.toEpochDay() - first.toEpochDay()) + 1;
    }

    /** The points by the day on which they are made. */
    Map<LocalDate, List<Point>> byDay() {
        var byDay = new TreeMap<LocalDate, List<Point>>();
        points.forEach(p -> byDay.computeIfAbsent(p.day(), d -> new ArrayList<>()).add(p));
        return byDay;
    }

    /** How many points are there at the end of a day, by what keeps them. */
    Map<Tier, Integer> there(LocalDate at) {
        var counts = new EnumMap<Tier, Integer>(Tier.class);
        points.stream().filter(p -> p.isThere(at)).forEach(p -> counts.merge(p.tier(), 1, Integer::sum));
        return counts;
    }

    /** Of several points that one which stays longest. */
    static Point longest(List<Point> points) {
        return points.stream().max(Comparator.comparing(Point::end).thenComparing(Point::made)).orElseThrow();
    }
}
