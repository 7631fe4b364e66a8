package org.holdfast.console.vaults.internal.editor;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.holdfast.protocol.fleet.StorageDay;
import org.holdfast.protocol.fleet.VaultStorage;

/**
 * How fast a vault fills, and when it is full at that rate if nothing is freed.
 *
 * @param perDay bytes a day
 * @param over how long that was looked at
 * @param end what is known of the end
 * @param day when it is full, with {@link End#ON_DAY}
 * @param byQuota whether the quota ends first, not the room of the store
 */
record Growth(double perDay, Duration over, End end, LocalDate day, boolean byQuota) {
    private static final Duration LOOKED_AT = Duration.ofDays(30);
    private static final Duration YOUNG = Duration.ofDays(1);
    private static final double FARTHEST_DAYS = 3650;
    private static final int SOON_DAYS = 30;

    /** What is known of the end. */
    enum End {
        /** It is full. */
        REACHED,
        /** On a day. */
        ON_DAY,
        /** Not within ten years. */
        FAR,
        /** It does not grow, or is too young to tell. */
        UNKNOWN
    }

    static Growth of(VaultStorage storage, Instant now) {
        Instant from = later(now.minus(LOOKED_AT), storage.since());
        Duration over = Duration.between(from, now);
        LocalDate first = from.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        long added = storage.days().stream().filter(d -> !d.date().isBefore(first))
                .mapToLong(StorageDay::storedBytes).sum();
        Long quota = storage.quotaBytes();
        Long room = storage.roomBytes();
        long byQuota = quota == null ? Long.MAX_VALUE : quota - storage.storedBytes();
        long left = Math.min(byQuota, room == null ? Long.MAX_VALUE : room);
        if (left <= 0) {
            return new Growth(0, over, End.REACHED, today, byQuota <= 0);
        }
        if (over.compareTo(YOUNG) < 0 || added <= 0 || left == Long.MAX_VALUE) {
            double rate = over.compareTo(YOUNG) < 0 ? 0 : added / days(over);
            return new Growth(rate, over, End.UNKNOWN, today, false);
        }
        double perDay = added / days(over);
        double days = left / perDay;
        return days > FARTHEST_DAYS ? new Growth(perDay, over, End.FAR, today, false)
                : new Growth(perDay, over, End.ON_DAY, today.plusDays((long) days), left == byQuota);
    }

    private static double days(Duration over) {
        return over.toSeconds() / 86_400.0;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Whether too little time was looked at to tell. */
    boolean isYoung() {
        return over.compareTo(YOUNG) < 0;
    }

    /** Whether somebody should act. */
    boolean isSoon(LocalDate today) {
        return end == End.REACHED || end == End.ON_DAY && day.isBefore(today.plusDays(SOON_DAYS));
    }
}
