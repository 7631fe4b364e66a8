package org.holdfast.api.vault;

/** How an entry compares with the same path in the previous recovery point. */
public enum Change {
    /** Not compared, or there is no previous point. */
    UNKNOWN,
    /** Not there before. */
    NEW,
    /** Content or metadata differ (for a directory: something below it does). */
    CHANGED,
    /** The same. */
    UNCHANGED,
    /** Was there before and is gone now; only listed when comparing. */
    REMOVED
}
