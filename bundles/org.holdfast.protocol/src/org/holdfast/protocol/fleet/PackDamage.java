package org.holdfast.protocol.fleet;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A damaged pack. Its content counts as absent until the next backup has stored it again.
 *
 * @param serverId whose
 * @param server its name
 * @param object name of the pack
 * @param problem {@code object-damaged}, {@code object-missing} or {@code store-unavailable}
 * @param detail what is wrong, one sentence
 * @param found when
 * @param healed since when it hurts nothing any more, or null
 * @param points ids of the points it hurts, the newest first
 */
public record PackDamage(String serverId, String server, String object, String problem, String detail, Instant found,
        @Nullable Instant healed, List<String> points) {
    /** Copies. */
    public PackDamage {
        points = points == null ? List.of() : List.copyOf(points);
    }
}
