package org.holdfast.api.policy;

/**
 * How many recovery points to keep by each rule; 0 keeps none by that rule. The rules add up: a point stays when any of
 * them keeps it. The newest complete point of a server always stays.
 *
 * @param last the last n points, whenever they were made
 * @param daily the last point of each of the last n days that have one
 * @param weekly the last point of each of the last n ISO weeks that have one
 * @param monthly the last point of each of the last n months that have one
 * @param yearly the last point of each of the last n years that have one
 */
public record RetentionRule(int last, int daily, int weekly, int monthly, int yearly) {
    /** 30 days, 12 weeks, 12 months and 3 years. */
    public static final RetentionRule DEFAULT = new RetentionRule(0, 30, 12, 12, 3);
}
