package org.holdfast.protocol.agent;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A restore drill on demand.
 *
 * @param point id of the point to restore from, or null for the newest good one
 * @param seed the seed of an earlier drill that is to be repeated, or null for a new sample
 */
public record DrillOrder(@Nullable String point, @Nullable Long seed) {
}
