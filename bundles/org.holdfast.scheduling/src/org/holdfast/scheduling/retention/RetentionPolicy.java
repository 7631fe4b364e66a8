package org.holdfast.scheduling.retention;

/**
 * How many recovery points to keep by each rule; 0 keeps none by that rule. The rules add up: a point stays when any of
 * them keeps it.
 *
 * @param last the last n points, whenever they were made
 * @param daily the last point of each of the last n days that have one
 * @param weekly the last point of each of the last n ISO weeks (Monday to Sunday) that have one
 * @param monthly the last point of each of the last n months that have one
 * @param yearly the last point of each of the last n years that have one
 */
public record RetentionPolicy(int last, int daily, int weekly, int monthly, int yearly) {
    /** @throws IllegalArgumentException when a count is negative */
    public RetentionPolicy {
        if (last < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
            throw new IllegalArgumentException("Counts of points to keep must not be negative");
        }
    }
}
