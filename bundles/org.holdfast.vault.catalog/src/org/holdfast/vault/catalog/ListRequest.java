package org.holdfast.vault.catalog;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What somebody asks of a list; everything in it may come from outside and is checked by {@link Listing}.
 *
 * @param limit rows wanted, 1 to {@value #MAX_LIMIT}
 * @param after cursor from {@link Page#next()}, null for the first page
 * @param sort names of columns joined by commas, each descending with a minus in front; empty for the list's own order
 * @param filters each {@code column=value}, or with {@code !=}, {@code ~=} (contains, upper and lower case alike),
 *        {@code >=}, {@code <=}; several of {@code =} for one column mean one of them, all others must hold together
 */
public record ListRequest(int limit, @Nullable String after, String sort, List<String> filters) {

    /** The most rows of a page. */
    public static final int MAX_LIMIT = 1000;
    /** Rows when nobody asks for a number. */
    public static final int DEFAULT_LIMIT = 100;

    /** Copies the filters. */
    public ListRequest {
        filters = List.copyOf(filters);
    }

    /** The first page of everything. */
    public static ListRequest all() {
        return new ListRequest(MAX_LIMIT, null, "", List.of());
    }

    /** The first page of what passes the filters. */
    public static ListRequest where(String... filters) {
        return new ListRequest(MAX_LIMIT, null, "", List.of(filters));
    }

    /** The same with another cursor. */
    public ListRequest from(@Nullable String cursor) {
        return new ListRequest(limit, cursor, sort, filters);
    }
}
