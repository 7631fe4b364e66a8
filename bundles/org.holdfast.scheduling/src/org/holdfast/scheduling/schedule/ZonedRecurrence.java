package org.holdfast.scheduling.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A recurrence in a time zone. A time of day that does not come on the day summer time begins is taken as long after
 * the gap as it lies behind its beginning (02:30 becomes 03:30), and one that comes twice when it ends is taken once,
 * the first time: a daily backup is made each day, once. Rules that mean the passing of time (each hour, every two
 * hours) go by the clock instead: nothing in the gap, both times in the hour that comes twice.
 */
final class ZonedRecurrence {
    /** More than any change of an offset in the time zone database but those of a whole day. */
    private static final Duration LONGEST_CHANGE = Duration.ofHours(25);
    private static final int MOST_CANDIDATES = 5000;

    private final Recurrence recurrence;
    private final ZoneId zone;

    ZonedRecurrence(Recurrence recurrence, ZoneId zone) {
        this.recurrence = recurrence;
        this.zone = zone;
    }

    /** The first moment strictly after another one, or null when there is none. */
    @Nullable
    Instant next(Instant after) {
        // Local times go back and forth where the offset changes, so candidates begin well before and the earliest
        // moment among those that may still be earlier is the one. Away from changes one candidate is enough.
        ZoneOffset offset = zone.getRules().getOffset(after);
        boolean steady = offset.equals(zone.getRules().getOffset(after.minus(LONGEST_CHANGE)))
                && offset.equals(zone.getRules().getOffset(after.plus(LONGEST_CHANGE)));
        LocalDateTime cursor = LocalDateTime.ofInstant(after, zone);
        Duration slack = steady ? Duration.ZERO : LONGEST_CHANGE;
        cursor = cursor.minus(slack);
        Instant best = null;
        for (int i = 0; i < MOST_CANDIDATES; i++) {
            cursor = recurrence.next(cursor);
            if (cursor == null || best != null && cursor.isAfter(LocalDateTime.ofInstant(best, zone).plus(slack))) {
                break;
            }
            for (Instant moment : moments(cursor)) {
                if (moment.isAfter(after) && (best == null || moment.isBefore(best))) {
                    best = moment;
                }
            }
        }
        return best;
    }

    private List<Instant> moments(LocalDateTime local) {
        if (recurrence.passing()) {
            return zone.getRules().getValidOffsets(local).stream().map(local::toInstant).toList();
        }
        return List.of(ZonedDateTime.ofLocal(local, zone, (ZoneOffset) null).toInstant());
    }
}
