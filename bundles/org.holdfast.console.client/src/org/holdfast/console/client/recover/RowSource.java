package org.holdfast.console.client.recover;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Rows of a table, of which only those in view have to be there.
 *
 * @param <T> what a row shows
 */
public interface RowSource<T> {
    /** Number of rows. */
    int size();

    /** A row, or null while it is being fetched; asking for it starts that. */
    @Nullable
    T row(int index);
}
