package org.holdfast.api.fleet;

/** Where an alert stands. */
public enum AlertState {
    /** The cause is there and nobody has looked. */
    OPEN,
    /** The cause is there and somebody takes care. */
    ACKNOWLEDGED,
    /** Nobody is to be told until a date. */
    MUTED,
    /** The cause is gone. */
    CLOSED
}
