package org.holdfast.protocol.fleet;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobKind;

/**
 * A job on demand ({@code POST .../jobs}).
 *
 * @param id UUID chosen by the asker, or null; the same id again is the same job
 * @param server id of the server that is to do it
 * @param kind backup, restore, verify, check or drill
 * @param items backup: absolute paths instead of the policy's
 * @param keepUntil backup: keep the point until then whatever the policy says, or null
 * @param sourceServer restore: id of the server whose point it is, or null for the same server
 * @param point restore, verify, drill: id of the point; a drill without one takes the newest good point
 * @param sealed restore: see {@code RestoreOrder}
 * @param seed drill: the seed of an earlier drill to repeat, 0 to 2^53 - 1, or null for a new sample
 */
public record StartJob(@Nullable String id, String server, JobKind kind, List<String> items,
        @Nullable Instant keepUntil, @Nullable String sourceServer, @Nullable String point,
        byte @Nullable [] sealed, @Nullable Long seed) {
    /** Copies; a missing list is empty. */
    public StartJob {
        server = server == null ? "" : server;
        items = items == null ? List.of() : List.copyOf(items);
    }

    /** Another job than a drill. */
    public StartJob(@Nullable String id, String server, JobKind kind, List<String> items, @Nullable Instant keepUntil,
            @Nullable String sourceServer, @Nullable String point, byte @Nullable [] sealed) {
        this(id, server, kind, items, keepUntil, sourceServer, point, sealed, null);
    }

    /**
     * A restore drill.
     *
     * @param point the point, or null for the newest good one
     * @param seed of an earlier drill to repeat, or null
     */
    public static StartJob drill(@Nullable String id, String server, @Nullable String point, @Nullable Long seed) {
        return new StartJob(id, server, JobKind.DRILL, List.of(), null, null, point, null, seed);
    }

    /** A backup of what the policy protects. */
    public static StartJob backup(@Nullable String id, String server) {
        return new StartJob(id, server, JobKind.BACKUP, List.of(), null, null, null, null);
    }
}
