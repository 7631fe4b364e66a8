package org.holdfast.api.fleet;

/**
 * For how long deleted data can be brought back.
 *
 * @param days 14 to 180, or 0 when deletion takes effect at once
 * @param always whether it can never be turned off again
 */
public record SoftDelete(int days, boolean always) {
    /** Two weeks. */
    public static final SoftDelete DEFAULT = new SoftDelete(14, false);
}
