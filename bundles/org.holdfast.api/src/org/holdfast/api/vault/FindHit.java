package org.holdfast.api.vault;

/**
 * Something found.
 *
 * @param point the newest recovery point that has this version
 * @param entry the entry
 * @param alsoIn number of older points that hold the very same version
 */
public record FindHit(PointSummary point, Entry entry, int alsoIn) {
}
