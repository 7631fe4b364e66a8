package org.holdfast.scheduling.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;

/** The moments at which the runs of a plan are due, without any server's jitter. */
public final class RunTimes {
    /** A Monday; where "every n weeks" counts from when a schedule does not say. */
    private static final LocalDate FIRST_MONDAY = LocalDate.of(1970, 1, 5);
    /** How far to look back for the last run, step by step, because most schedules answer at once. */
    private static final List<Duration> WINDOWS = List.of(Duration.ofHours(2), Duration.ofDays(2),
            Duration.ofDays(16), Duration.ofDays(70), Duration.ofDays(800), Duration.ofDays(3000));

    private final ZonedRecurrence recurrence;

    /**
     * @param plan the schedule and its zone
     * @param local the protected server's own zone, for a plan that names none
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} when the schedule makes no sense
     */
    public RunTimes(RunPlan plan, ZoneId local) {
        try {
            ZoneId zone = plan.zone().isEmpty() ? local : ZoneId.of(plan.zone());
            this.recurrence = new ZonedRecurrence(recurrence(plan.schedule()), zone);
        } catch (RuntimeException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The schedule cannot be understood: " + e.getMessage(),
                    "Give times of day, days of the week, or a cron expression of five fields.", e);
        }
    }

    private static Recurrence recurrence(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Daily daily -> new TimesOfDay(daily.times(), EnumSet.allOf(DayOfWeek.class), 1, FIRST_MONDAY);
            case Schedule.Weekly weekly -> new TimesOfDay(weekly.times(), weekly.days(), weekly.everyWeeks(),
                    weekly.from() == null ? FIRST_MONDAY : weekly.from());
            case Schedule.Cron cron -> new CronTimes(cron.expression());
        };
    }

    /** The first run strictly after a moment, or null when there is none any more. */
    public @Nullable Instant next(Instant after) {
        return recurrence.next(after);
    }

    /** The next runs strictly after a moment, at most {@code count}. */
    public List<Instant> preview(Instant after, int count) {
        var runs = new ArrayList<Instant>(count);
        Instant run = after;
        while (runs.size() < count && (run = next(run)) != null) {
            runs.add(run);
        }
        return runs;
    }

    /** The last run at or before a moment, or null when there was none in the eight years before it. */
    public @Nullable Instant last(Instant upTo) {
        for (Duration window : WINDOWS) {
            Instant last = null;
            for (Instant run = next(upTo.minus(window)); run != null && !run.isAfter(upTo); run = next(run)) {
                last = run;
            }
            if (last != null) {
                return last;
            }
        }
        return null;
    }
}
