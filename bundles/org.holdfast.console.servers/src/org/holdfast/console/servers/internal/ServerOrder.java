package org.holdfast.console.servers.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;

/** Orders of the table of servers, by the ids of its columns. */
public final class ServerOrder {
    /** Column: how it stands; what needs care comes first. */
    public static final String STATE = "state";
    /** Column: what it is called. */
    public static final String NAME = "name";
    /** Column: how long ago its last good backup was. */
    public static final String AGE = "age";
    /** Column: when its last good backup was. */
    public static final String LAST_BACKUP = "lastBackup";
    /** Column: its policy. */
    public static final String POLICY = "policy";
    /** Column: number of items that are protected. */
    public static final String ITEMS = "items";
    /** Column: number of recovery points. */
    public static final String POINTS = "points";
    /** Column: what they take up. */
    public static final String SIZE = "size";
    /** Column: version of its agent. */
    public static final String VERSION = "version";
    /** Column: why it does not follow its policy. */
    public static final String DRIFT = "drift";
    /** Column: when it was heard of last. */
    public static final String CONTACT = "contact";
    /** Column: its tags. */
    public static final String TAGS = "tags";
    /** Column: its vault, and vault server. */
    public static final String VAULT = "vault";

    private static final Comparator<Row<ServerSummary>> BY_NAME = text(ServerSummary::name)
            .thenComparing(row -> row.value().id());

    private ServerOrder() {
    }

    /** The order of a column; ties are broken by name. */
    public static Comparator<Row<ServerSummary>> of(String column, boolean descending) {
        Comparator<Row<ServerSummary>> order = switch (column) {
            case STATE -> Comparator.comparingInt(row -> care(row.value().state()));
            case AGE -> time(ServerSummary::lastBackup).reversed();
            case LAST_BACKUP -> time(ServerSummary::lastBackup);
            case POLICY -> text(s -> s.policy() == null ? "" : s.policy());
            case ITEMS -> Comparator.comparingInt(ServerWords::items);
            case POINTS -> Comparator.comparingLong(row -> row.value().points());
            case SIZE -> Comparator.comparingLong(row -> row.value().storedBytes());
            case VERSION -> text(ServerSummary::agentVersion);
            case DRIFT -> text(ServerWords::drift);
            case CONTACT -> time(s -> s.connected() ? Instant.MAX : s.lastContact());
            case TAGS -> text(s -> String.join(" ", s.tags()));
            case VAULT -> Comparator.comparing((Row<ServerSummary> row) -> row.session().connection().name())
                    .thenComparing(row -> row.value().vault());
            default -> BY_NAME;
        };
        return (descending ? order.reversed() : order).thenComparing(BY_NAME);
    }

    private static int care(ServerState state) {
        return switch (state) {
            case UNPROTECTED -> 0;
            case LOST -> 1;
            case AT_RISK -> 2;
            case REGISTERING -> 3;
            case PROTECTED -> 4;
            case RETIRED -> 5;
        };
    }

    private static Comparator<Row<ServerSummary>> text(Function<ServerSummary, String> text) {
        return Comparator.comparing((Row<ServerSummary> row) -> text.apply(row.value()),
                String.CASE_INSENSITIVE_ORDER);
    }

    private static Comparator<Row<ServerSummary>> time(Function<ServerSummary, @Nullable Instant> time) {
        return Comparator.comparing((Row<ServerSummary> row) -> {
            Instant at = time.apply(row.value());
            return at == null ? Instant.MIN : at;
        });
    }
}
