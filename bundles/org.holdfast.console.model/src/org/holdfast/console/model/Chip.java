package org.holdfast.console.model;

import java.util.function.Predicate;

/**
 * A filter that is pressed with one click and shows how many rows it would leave.
 *
 * @param <T> what rows show
 * @param id for settings and tests
 * @param test which rows it leaves
 * @param apart whether rows it would leave are left out, and not counted in the total, unless it is pressed
 */
public record Chip<T>(String id, Predicate<T> test, boolean apart) {
    /** A chip for rows that are shown without it as well. */
    public static <T> Chip<T> of(String id, Predicate<T> test) {
        return new Chip<>(id, test, false);
    }

    /** A chip for rows that are shown only when it is pressed, such as what is history. */
    public static <T> Chip<T> apart(String id, Predicate<T> test) {
        return new Chip<>(id, test, true);
    }
}
