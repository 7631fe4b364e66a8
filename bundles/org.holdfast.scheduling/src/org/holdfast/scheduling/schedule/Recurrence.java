package org.holdfast.scheduling.schedule;

import java.time.LocalDateTime;

import org.eclipse.jdt.annotation.Nullable;

/** Wall-clock times at which something recurs, without a time zone. */
interface Recurrence {
    /**
     * The first time strictly after another one, or null when there is none.
     *
     * @param after where to start
     */
    @Nullable
    LocalDateTime next(LocalDateTime after);

    /**
     * Whether it recurs in every hour of a day or in steps of hours. Such a rule means the passing of time and not a
     * place in the day, so it also holds in the hour that comes twice and skips the one that does not come.
     */
    default boolean passing() {
        return false;
    }
}
