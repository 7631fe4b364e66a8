package org.holdfast.protocol.fleet;

import java.time.LocalTime;

import org.eclipse.jdt.annotation.Nullable;

/**
 * When the vault server may do what is not urgent, and how much of it ({@code /api/v1/maintenance}): retention with the
 * collection of what nothing needs, and reading packs again.
 *
 * @param from beginning of the window, or null for all day
 * @param to end of the window, before {@code from} when it goes over midnight; null for all day
 * @param zone time zone of the window, empty for UTC
 * @param collectBytes bytes of packs that may be read in a day to move what is needed of them, or null for any number
 * @param scrubBytes bytes of packs that may be read again in a day, or null for as many as it takes
 * @param scrubDays days in which every pack is read again, 7 to 365; missing: 30
 */
public record MaintenancePlan(@Nullable LocalTime from, @Nullable LocalTime to, String zone,
        @Nullable Long collectBytes, @Nullable Long scrubBytes, int scrubDays) {
    /** All day, as much as it takes, every pack in 30 days. */
    public static final MaintenancePlan DEFAULT = new MaintenancePlan(null, null, "", null, null, 30);

    /** What is missing gets its default. */
    public MaintenancePlan {
        zone = zone == null ? "" : zone;
        scrubDays = scrubDays == 0 ? 30 : scrubDays;
    }
}
