package org.holdfast.api.vault;

/**
 * Which recovery points to keep; counts of 0 keep none by that rule. The newest complete point of every server and set
 * of items is always kept, and on-demand points until their date.
 *
 * @param last keep the last n points
 * @param daily keep the last point of each of the last n days that have one
 * @param weekly the same for ISO weeks
 * @param monthly the same for months
 * @param yearly the same for years
 * @param collect whether to free space as well
 * @param dryRun only report
 */
public record RetainRequest(int last, int daily, int weekly, int monthly, int yearly, boolean collect,
        boolean dryRun) {
}
