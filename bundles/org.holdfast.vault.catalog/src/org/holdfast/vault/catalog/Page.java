package org.holdfast.vault.catalog;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A piece of a list.
 *
 * @param items the rows of this page, in order
 * @param next cursor for the page after this one, null when this is the last
 * @param total number of rows that match, over all pages
 */
public record Page<T>(List<T> items, @Nullable String next, long total) {

    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
