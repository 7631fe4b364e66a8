package org.holdfast.api.notify;

/** Where a message stands. */
public enum MessageState {
    /** It waits for its time, or for the next attempt. */
    WAITING,
    /** The target has taken it. */
    SENT,
    /** There was nothing left to tell when its time came. */
    DROPPED,
    /** The target refused it, or could not be reached for too long. */
    FAILED
}
