package org.holdfast.console.monitor.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.fleet.ListQuery;

/**
 * Which entries of the audit are wanted.
 *
 * @param who part of the account, empty for anybody
 * @param what part of the action, empty for anything
 * @param period how far back, null for all
 * @param result which results
 */
public record AuditQuery(String who, String what, @Nullable Duration period, Result result) {
    /** Which results. */
    public enum Result {
        /** Any. */
        ANY,
        /** Done. */
        OK,
        /** Refused or failed. */
        NOT_OK
    }

    /** Everything. */
    public static final AuditQuery ALL = new AuditQuery("", "", null, Result.ANY);

    private static final int PART = 200;

    /** Whether something is left out. */
    public boolean isFiltered() {
        return !equals(ALL);
    }

    /** As the vault takes it, the newest first. */
    public ListQuery list(Instant now) {
        ListQuery query = ListQuery.all().limitedTo(PART);
        if (!who.isBlank()) {
            query = query.where("actor~=" + who.strip());
        }
        if (!what.isBlank()) {
            query = query.where("action~=" + what.strip());
        }
        if (period != null) {
            query = query.where("at>=" + now.minus(period).truncatedTo(ChronoUnit.SECONDS));
        }
        return switch (result) {
            case ANY -> query;
            case OK -> query.where("result=ok");
            case NOT_OK -> query.where("result!=ok");
        };
    }
}
