package org.holdfast.cli.internal.output;

import java.util.List;

import org.holdfast.api.vault.PointSummary;

/** Ids of recovery points as people read them. */
public final class Ids {
    private static final int SHORT = 8;

    private Ids() {
    }

    /** The beginning of an id. */
    public static String brief(String id) {
        return id.length() <= SHORT ? id : id.substring(0, SHORT);
    }

    /** Length of a prefix that tells all given points apart, at least that of {@link #brief}. */
    public static int unique(List<PointSummary> points) {
        var ids = points.stream().map(PointSummary::id).sorted().toList();
        int length = SHORT;
        for (int i = 1; i < ids.size(); i++) {
            var a = ids.get(i - 1);
            var b = ids.get(i);
            int same = 0;
            while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
                same++;
            }
            length = Math.max(length, same + 1);
        }
        return length;
    }

    /** The first so many characters of an id. */
    public static String prefix(String id, int length) {
        return id.substring(0, Math.min(length, id.length()));
    }
}
