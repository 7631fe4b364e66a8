package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A damaged pack.
 *
 * @param server whose
 * @param object its name
 * @param problem wire name of the problem
 * @param detail what is wrong, one sentence
 * @param found when
 * @param healed since when it hurts nothing any more, or null
 * @param points ids of the points it hurts, the newest first
 */
public record DamageRow(UUID server, String object, String problem, String detail, Instant found,
        @Nullable Instant healed, List<String> points) {
}
