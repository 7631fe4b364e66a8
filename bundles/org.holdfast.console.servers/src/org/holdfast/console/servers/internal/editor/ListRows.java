package org.holdfast.console.servers.internal.editor;

import java.util.List;

import org.holdfast.console.client.recover.RowSource;

/**
 * Rows of a list that is at hand.
 *
 * @param <T> what rows show
 */
final class ListRows<T> implements RowSource<T> {
    private List<T> list = List.of();

    /** Says whether these are others than before. */
    boolean set(List<T> now) {
        boolean changed = !list.equals(now);
        list = List.copyOf(now);
        return changed;
    }

    List<T> list() {
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
