package org.holdfast.scheduling.bandwidth;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;

import org.holdfast.api.policy.Bandwidth;

/** The rates of a policy over time, in the protected server's time zone. Work hours may go over midnight. */
public final class RateCalendar {
    private static final int WEEK = 7;

    private final Bandwidth bandwidth;
    private final ZoneId zone;

    /**
     * @param bandwidth the rates and the work hours
     * @param zone the protected server's own zone
     */
    public RateCalendar(Bandwidth bandwidth, ZoneId zone) {
        this.bandwidth = bandwidth;
        this.zone = zone;
    }

    /** The rate at a moment in bits per second, or {@link Bandwidth#UNLIMITED}. */
    public long bitsPerSecond(Instant at) {
        return working(at) ? bandwidth.workRate() : bandwidth.otherRate();
    }

    /** Whether a moment lies in the work hours. Hours over midnight belong to the day on which they begin. */
    public boolean working(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        LocalTime start = bandwidth.workStart();
        LocalTime end = bandwidth.workEnd();
        boolean today = bandwidth.workDays().contains(local.getDayOfWeek());
        if (start.isBefore(end)) {
            return today && !time.isBefore(start) && time.isBefore(end);
        }
        if (start.equals(end)) {
            return today;
        }
        boolean yesterday = bandwidth.workDays().contains(local.getDayOfWeek().minus(1));
        return today && !time.isBefore(start) || yesterday && time.isBefore(end);
    }

    /**
     * The first moment after another one at which the rate differs, at most a week ahead.
     *
     * @return that moment, or one a week ahead when the rate does not change by then
     */
    public Instant nextChange(Instant after) {
        long rate = bitsPerSecond(after);
        Instant candidate = after;
        Instant limit = after.atZone(zone).plusDays(WEEK + 1L).toInstant();
        while (candidate.isBefore(limit)) {
            candidate = nextBoundary(candidate);
            if (bitsPerSecond(candidate) != rate) {
                return candidate;
            }
        }
        return limit;
    }

    /** The next start or end of work hours, midnight, or change of the zone's offset. */
    private Instant nextBoundary(Instant after) {
        LocalDate day = after.atZone(zone).toLocalDate();
        Instant nearest = day.plusDays(1).atStartOfDay(zone).toInstant();
        nearest = nearer(after, nearest, day.atTime(bandwidth.workStart()).atZone(zone).toInstant());
        nearest = nearer(after, nearest, day.atTime(bandwidth.workEnd()).atZone(zone).toInstant());
        ZoneOffsetTransition change = zone.getRules().nextTransition(after);
        return change == null ? nearest : nearer(after, nearest, change.getInstant());
    }

    private static Instant nearer(Instant after, Instant nearest, Instant candidate) {
        return candidate.isAfter(after) && candidate.isBefore(nearest) ? candidate : nearest;
    }
}
