package org.holdfast.console.monitor.internal;

import java.util.Comparator;
import java.util.function.Function;

import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Column;

/**
 * A column and the order it gives.
 *
 * @param column what is shown
 * @param order ascending; ties are left to the table
 * @param <T> what a row shows
 */
record Sorted<T>(Column<Row<T>> column, Comparator<Row<T>> order) {
    /** A column that is sorted by what it shows. */
    static <T> Sorted<T> byText(Column<Row<T>> column) {
        return new Sorted<>(column, Comparator.comparing(column.text(), String.CASE_INSENSITIVE_ORDER));
    }

    /** A column that is sorted by something else than its text; null comes first. */
    static <T, C extends Comparable<? super C>> Sorted<T> by(Column<Row<T>> column, Function<T, C> value) {
        return new Sorted<>(column, Comparator.comparing((Row<T> row) -> value.apply(row.value()),
                Comparator.nullsFirst(Comparator.<C>naturalOrder())));
    }
}
