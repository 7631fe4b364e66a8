package org.holdfast.console.recovery.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.recover.RowSource;

/** Recovery points in the order a person chose. */
final class PointRows implements RowSource<PointSummary> {
    static final String STATE = "state";
    static final String TIME = "time";
    static final String CHECKS = "checks";
    static final String KEPT = "kept";
    static final String SERVER = "server";
    static final String ITEMS = "items";
    static final String FILES = "files";
    static final String BYTES = "bytes";
    static final String STORED = "stored";
    static final String WARNINGS = "warnings";

    private static final Map<String, Comparator<PointSummary>> ORDERS = Map.of(
            STATE, Comparator.comparing(PointSummary::state),
            TIME, Comparator.comparing(PointSummary::time),
            SERVER, Comparator.comparing(PointSummary::server),
            ITEMS, Comparator.comparing(Wording::items),
            FILES, Comparator.comparingLong(PointSummary::files),
            BYTES, Comparator.comparingLong(PointSummary::bytes),
            STORED, Comparator.comparingLong(PointSummary::storedBytes),
            WARNINGS, Comparator.comparingLong(PointSummary::warnings));

    private final Function<PointSummary, String> checks;
    private final Function<PointSummary, String> kept;
    private List<PointSummary> points = List.of();
    private Comparator<PointSummary> order = ORDERS.get(TIME).reversed();

    /**
     * @param checks what the column of checks shows
     * @param kept what the column of how long it is kept shows
     */
    PointRows(Function<PointSummary, String> checks, Function<PointSummary, String> kept) {
        this.checks = checks;
        this.kept = kept;
    }

    void set(List<PointSummary> fresh) {
        points = fresh.stream().sorted(order).toList();
    }

    void order(String column, boolean descending) {
        Comparator<PointSummary> by = column.equals(CHECKS) ? Comparator.comparing(checks)
                : column.equals(KEPT) ? Comparator.comparing(kept) : ORDERS.get(column);
        order = (descending ? by.reversed() : by).thenComparing(ORDERS.get(TIME).reversed());
        set(points);
    }

    @Override
    public int size() {
        return points.size();
    }

    @Override
    public PointSummary row(int index) {
        return index < points.size() ? points.get(index) : null;
    }
}
