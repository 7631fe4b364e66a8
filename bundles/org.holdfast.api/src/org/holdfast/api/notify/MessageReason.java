package org.holdfast.api.notify;

/** Why a message is sent. */
public enum MessageReason {
    /** Alerts came up. */
    RAISED,
    /** Alerts are still open and nobody takes care. */
    REMINDER,
    /** The causes of alerts are gone. */
    SETTLED,
    /** Somebody tries a target. */
    TEST
}
