package org.holdfast.console.ui.pages;

import java.util.List;

import org.holdfast.console.client.recover.RowSource;

/**
 * Rows of a list that is at hand.
 *
 * @param <T> what rows show
 */
public final class ListRows<T> implements RowSource<T> {
    private List<T> list = List.of();

    /** No rows. */
    public ListRows() {
        // filled later
    }

    /** Says whether these are others than before. */
    public boolean set(List<T> now) {
        boolean changed = !list.equals(now);
        list = List.copyOf(now);
        return changed;
    }

    /** The rows. */
    public List<T> list() {
        return list;
    }

    @Override
    public int size() {
        return list.size();
    }

    @Override
    public T row(int index) {
        return list.get(index);
    }
}
