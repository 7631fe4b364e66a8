package org.holdfast.api.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;

/** When backups start, in local time of the {@link RunPlan}'s zone. */
public sealed interface Schedule {
    /**
     * Every day at the given times.
     *
     * @param times at least one, at most 96, without repetition
     */
    record Daily(List<LocalTime> times) implements Schedule {
        /** Copies; a missing list is empty. */
        public Daily {
            times = times == null ? List.of() : List.copyOf(times);
        }
    }

    /**
     * On days of the week, every so many weeks.
     *
     * @param everyWeeks 1 to 52: 1 is each week, 2 every other one
     * @param days at least one
     * @param times at least one, at most 96
     * @param from a day in a week that counts, so that "every other week" means the same weeks everywhere; null: the
     *        week of 1970-01-05
     */
    record Weekly(int everyWeeks, Set<DayOfWeek> days, List<LocalTime> times, @Nullable LocalDate from)
            implements
            Schedule {
        /** Copies; a missing list is empty and a missing interval 1. */
        public Weekly {
            everyWeeks = everyWeeks == 0 ? 1 : everyWeeks;
            days = days == null ? Set.of() : Set.copyOf(days);
            times = times == null ? List.of() : List.copyOf(times);
        }
    }

    /**
     * A cron expression in the Unix form: minute, hour, day of month, month, day of week.
     *
     * @param expression five fields separated by blanks
     */
    record Cron(String expression) implements Schedule {
        /** A missing expression is empty (and therefore invalid). */
        public Cron {
            expression = expression == null ? "" : expression.strip();
        }
    }
}
