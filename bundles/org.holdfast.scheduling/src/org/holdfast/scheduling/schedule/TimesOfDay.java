package org.holdfast.scheduling.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;

/** Times of day, on all days or on some days of every n-th week. */
final class TimesOfDay implements Recurrence {
    private static final int DAYS = 7;

    private final TreeSet<LocalTime> times;
    private final Set<DayOfWeek> days;
    private final int everyWeeks;
    private final LocalDate firstMonday;

    /**
     * @param times at least one
     * @param days at least one
     * @param everyWeeks 1 for each week
     * @param start a day in a week in which it recurs
     */
    TimesOfDay(Collection<LocalTime> times, Set<DayOfWeek> days, int everyWeeks, LocalDate start) {
        this.times = new TreeSet<>(times);
        this.days = Set.copyOf(days);
        this.everyWeeks = everyWeeks;
        this.firstMonday = monday(start);
        if (this.times.isEmpty() || this.days.isEmpty() || everyWeeks < 1) {
            throw new IllegalArgumentException("A schedule needs at least one time, one day and a step of one week");
        }
    }

    @Override
    public @Nullable LocalDateTime next(LocalDateTime after) {
        LocalDate day = after.toLocalDate();
        if (recurs(day)) {
            LocalTime time = times.higher(after.toLocalTime());
            if (time != null) {
                return day.atTime(time);
            }
        }
        for (int i = 0; i < DAYS * (everyWeeks + 1); i++) {
            day = day.plusDays(1);
            if (recurs(day)) {
                return day.atTime(times.first());
            }
        }
        throw new IllegalStateException("No day in " + (everyWeeks + 1) + " weeks");
    }

    private boolean recurs(LocalDate day) {
        return days.contains(day.getDayOfWeek())
                && Math.floorMod(ChronoUnit.WEEKS.between(firstMonday, monday(day)), (long) everyWeeks) == 0;
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
