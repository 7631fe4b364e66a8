package org.holdfast.api.notify;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;

/**
 * A message that was, or is to be, sent.
 *
 * @param id UUID; receivers see it too
 * @param target name of the target
 * @param rule name of the rule
 * @param reason why it is sent
 * @param kind what its alerts are about
 * @param state where it stands
 * @param alerts number of alerts
 * @param created when it was begun
 * @param due when it is tried next; while it waits
 * @param attempts how often it was tried
 * @param ended when it was sent, dropped or given up, or null
 * @param error why the last attempt failed, or null
 */
public record MessageSummary(String id, String target, String rule, MessageReason reason, AlertKind kind,
        MessageState state, long alerts, Instant created, Instant due, long attempts, @Nullable Instant ended,
        @Nullable String error) {
}
