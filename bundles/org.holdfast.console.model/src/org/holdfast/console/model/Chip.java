package org.holdfast.console.model;

import java.util.function.Predicate;

/**
 * A filter that is pressed with one click and shows how many rows it would leave.
 *
 * @param <T> what rows show
 * @param id for settings and tests
 * @param test which rows it leaves
 */
public record Chip<T>(String id, Predicate<T> test) {
}
