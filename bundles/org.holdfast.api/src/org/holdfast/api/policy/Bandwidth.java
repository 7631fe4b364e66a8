package org.holdfast.api.policy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/**
 * How fast an agent may send, by the protected server's local time. Rates are bits per second, 512 000 to
 * 1 023 000 000, or {@link #UNLIMITED}.
 *
 * @param workDays the days with work hours; empty means the other rate always holds
 * @param workStart start of the work hours
 * @param workEnd end of the work hours; before the start: they go over midnight; the same: the whole day
 * @param workRate rate in work hours
 * @param otherRate rate at all other times
 * @param throttleRestores whether restores keep to the rates too
 */
public record Bandwidth(Set<DayOfWeek> workDays, LocalTime workStart, LocalTime workEnd, long workRate,
        long otherRate, boolean throttleRestores) {
    /** The rate that means no limit. */
    public static final long UNLIMITED = 0;
    /** The lowest rate that can be set: 512 kbit/s. */
    public static final long SLOWEST = 512_000;
    /** The highest rate that can be set: 1023 Mbit/s. */
    public static final long FASTEST = 1_023_000_000;
    /** No limit at any time. */
    public static final Bandwidth NONE = new Bandwidth(Set.of(), LocalTime.of(9, 0), LocalTime.of(18, 0), UNLIMITED,
            UNLIMITED, false);

    /** Copies; missing work hours are 9 to 18 o'clock. */
    public Bandwidth {
        workDays = workDays == null ? Set.of() : Set.copyOf(workDays);
        workStart = workStart == null ? LocalTime.of(9, 0) : workStart;
        workEnd = workEnd == null ? LocalTime.of(18, 0) : workEnd;
    }

    /** Whether there is any limit at all. */
    public boolean limits() {
        return workRate != UNLIMITED && !workDays.isEmpty() || otherRate != UNLIMITED;
    }
}
