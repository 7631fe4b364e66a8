package org.holdfast.scheduling.retention;

/**
 * Why a point stays.
 *
 * @param rule the rule that keeps it
 * @param words the rule as applied to this point, in English, for example {@code daily 2026-11-21}
 */
public record KeepReason(Rule rule, String words) {
    /** The rules, in the order in which reasons are given. */
    public enum Rule {
        /** It is the newest complete point of its group, which always stays. */
        NEWEST,
        /** It is one of the last n. */
        LAST,
        /** It is the last of its day. */
        DAILY,
        /** It is the last of its ISO week. */
        WEEKLY,
        /** It is the last of its month. */
        MONTHLY,
        /** It is the last of its year. */
        YEARLY,
        /** It was made on demand, to be kept until a date that has not come. */
        ON_DEMAND,
        /** It was interrupted, and the next backup can go on from it. */
        CHECKPOINT,
        /** Its time has not come: a clock is or was wrong, and guessing could remove the wrong points. */
        FUTURE
    }
}
