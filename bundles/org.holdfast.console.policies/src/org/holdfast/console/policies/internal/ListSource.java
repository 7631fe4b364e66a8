package org.holdfast.console.policies.internal;

import java.util.List;
import java.util.function.Supplier;

import org.holdfast.console.client.recover.RowSource;

/**
 * Rows of a list that is at hand.
 *
 * @param list gives the rows
 * @param <T> what a row shows
 */
record ListSource<T>(Supplier<List<T>> list) implements RowSource<T> {
    @Override
    public int size() {
        return list.get().size();
    }

    @Override
    public T row(int index) {
        return list.get().get(index);
    }
}
