package org.holdfast.vault.catalog.notify;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A message; what its components mean is said at {@code MessageSummary}.
 *
 * @param id identity
 * @param targetId its target
 * @param ruleId its rule
 * @param what wire name of the reason
 * @param kind wire name of what its alerts are about
 * @param state wire name
 * @param created when
 * @param due next attempt
 * @param attempts so far
 * @param ended or null
 * @param error or null
 * @param target name of the target; not written
 * @param rule name of the rule; not written
 * @param alerts number of alerts; not written
 */
public record MessageRow(UUID id, UUID targetId, UUID ruleId, String what, String kind, String state,
        Instant created, Instant due, long attempts, @Nullable Instant ended, @Nullable String error, String target,
        String rule, long alerts) {
    /** The state of those that are to be sent. */
    public static final String WAITING = "waiting";
}
