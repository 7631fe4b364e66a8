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
 * @param kind backup, restore, verify or check
 * @param items backup: absolute paths instead of the policy's
 * @param keepUntil backup: keep the point until then whatever the policy says, or null
 * @param sourceServer restore: id of the server whose point it is, or null for the same server
 * @param point restore, verify: id of the point
 * @param sealed restore: see {@code RestoreOrder}
 */
public record StartJob(@Nullable String id, String server, JobKind kind, List<String> items,
        @Nullable Instant keepUntil, @Nullable String sourceServer, @Nullable String point,
        byte @Nullable [] sealed) {
    /** Copies; a missing list is empty. */
    public StartJob {
        server = server == null ? "" : server;
        items = items == null ? List.of() : List.copyOf(items);
    }

    /** A backup of what the policy protects. */
    public static StartJob backup(@Nullable String id, String server) {
        return new StartJob(id, server, JobKind.BACKUP, List.of(), null, null, null, null);
    }
}
