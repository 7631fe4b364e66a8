package org.holdfast.console.client.fleet;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.Call;

/**
 * Which part of a list is wanted.
 *
 * @param limit rows, 1 to {@value #MAX}
 * @param after cursor of the part before, null for the first
 * @param sort columns joined by commas, each descending with a minus in front; empty for the list's own order
 * @param filters each {@code column=value}, {@code !=}, {@code >=}, {@code <=}, or {@code ~=} for a part of it; several
 *            equal ones on one column are alternatives
 */
public record ListQuery(int limit, @Nullable String after, String sort, List<String> filters) {
    /** Most rows of one part. */
    public static final int MAX = 1000;

    /** Copies. */
    public ListQuery {
        filters = List.copyOf(filters);
    }

    /** Everything, in the largest parts. */
    public static ListQuery all() {
        return new ListQuery(MAX, null, "", List.of());
    }

    /** The same, sorted. */
    public ListQuery sortedBy(String columns) {
        return new ListQuery(limit, after, columns, filters);
    }

    /** The same with one more filter. */
    public ListQuery where(String filter) {
        List<String> more = new ArrayList<>(filters);
        more.add(filter);
        return new ListQuery(limit, after, sort, more);
    }

    /** The same in parts of that size. */
    public ListQuery limitedTo(int rows) {
        return new ListQuery(rows, after, sort, filters);
    }

    /** The same behind a cursor. */
    public ListQuery after(@Nullable String cursor) {
        return new ListQuery(limit, cursor, sort, filters);
    }

    Call call(String path) {
        Call call = Call.get(path).query("limit", limit);
        String cursor = after;
        if (cursor != null) {
            call = call.query("after", cursor);
        }
        if (!sort.isEmpty()) {
            call = call.query("sort", sort);
        }
        for (String filter : filters) {
            call = call.query("filter", filter);
        }
        return call;
    }
}
