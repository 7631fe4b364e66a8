package org.holdfast.console.vaults.internal;

import java.util.Comparator;
import java.util.function.Function;

import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.model.Row;

/** Orders of the table of vaults, by the ids of its columns. */
final class VaultOrder {
    static final String NAME = "name";
    static final String CONNECTION = "connection";
    static final String REGION = "region";
    static final String SUBSCRIPTION = "subscription";
    static final String GROUP = "group";
    static final String REDUNDANCY = "redundancy";
    static final String IMMUTABILITY = "immutability";
    static final String SOFT_DELETE = "softDelete";
    static final String SERVERS = "servers";
    static final String STORED = "stored";
    static final String QUOTA = "quota";

    private static final Comparator<Row<VaultSummary>> BY_NAME = text(VaultSummary::name)
            .thenComparing(row -> row.value().id());

    private VaultOrder() {
    }

    /** The order of a column; ties are broken by name. */
    static Comparator<Row<VaultSummary>> of(String column, boolean descending) {
        Comparator<Row<VaultSummary>> order = switch (column) {
            case CONNECTION -> Comparator.comparing(row -> row.session().connection().name(),
                    String.CASE_INSENSITIVE_ORDER);
            case REGION -> text(VaultSummary::region);
            case SUBSCRIPTION -> text(VaultSummary::subscription);
            case GROUP -> text(VaultSummary::resourceGroup);
            case REDUNDANCY -> Comparator.comparing(row -> row.value().redundancy());
            case IMMUTABILITY -> Comparator.comparing(row -> row.value().immutability());
            case SOFT_DELETE -> Comparator.comparingInt(row -> row.value().softDelete().days());
            case SERVERS -> Comparator.comparingLong(row -> row.value().servers());
            case STORED -> Comparator.comparingLong(row -> row.value().storedBytes());
            case QUOTA -> Comparator.comparingLong(row -> {
                Long quota = row.value().quotaBytes();
                return quota == null ? Long.MAX_VALUE : quota;
            });
            default -> BY_NAME;
        };
        return (descending ? order.reversed() : order).thenComparing(BY_NAME);
    }

    private static Comparator<Row<VaultSummary>> text(Function<VaultSummary, String> text) {
        return Comparator.comparing((Row<VaultSummary> row) -> text.apply(row.value()),
                String.CASE_INSENSITIVE_ORDER);
    }
}
