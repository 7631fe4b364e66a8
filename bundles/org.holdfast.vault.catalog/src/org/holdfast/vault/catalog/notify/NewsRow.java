package org.holdfast.vault.catalog.notify;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to an alert.
 *
 * @param id order
 * @param alertId the alert
 * @param what {@code raised} or {@code settled}
 * @param cause the key that the alert has, or had, while it was open
 * @param at when
 */
public record NewsRow(long id, UUID alertId, String what, String cause, Instant at) {
    /** An alert came up, or is to be told again. */
    public static final String RAISED = "raised";
    /** The cause of an alert is gone. */
    public static final String SETTLED = "settled";
}
