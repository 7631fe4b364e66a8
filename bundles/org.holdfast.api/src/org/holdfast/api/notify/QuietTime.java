package org.holdfast.api.notify;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/**
 * Hours in which nobody is to be told.
 *
 * @param days on which it begins; empty means every day
 * @param from when it begins, local time of the rule's zone
 * @param to when it ends; not after the beginning: on the next day
 */
public record QuietTime(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    /** Copies; what is missing is midnight. */
    public QuietTime {
        days = days == null ? Set.of() : Set.copyOf(days);
        from = from == null ? LocalTime.MIDNIGHT : from;
        to = to == null ? LocalTime.MIDNIGHT : to;
    }
}
