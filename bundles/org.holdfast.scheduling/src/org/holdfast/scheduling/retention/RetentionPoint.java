package org.holdfast.scheduling.retention;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What retention needs to know of a recovery point.
 *
 * @param id unique among the points of one decision
 * @param time when it was made
 * @param group points are counted per group: the same items of the same server
 * @param complete whether the backup came to its end, with or without warnings; false for a checkpoint of an
 *        interrupted one
 * @param keepUntil an on-demand point is kept until then, or null when only the policy decides
 */
public record RetentionPoint(String id, Instant time, String group, boolean complete, @Nullable Instant keepUntil) {
}
