package org.holdfast.protocol.data;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The import of a seed.
 *
 * @param id its id
 * @param server id of the server
 * @param seed name of the folder
 * @param state {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param objects how many objects have been looked at
 * @param objectsTotal how many there are, 0 until that is known
 * @param bytes what those that were looked at have together
 * @param bytesTotal what all have together, 0 until that is known
 * @param points recovery points entered
 * @param started when it began
 * @param ended when it ended, or null
 * @param startedBy who began it
 * @param code why it failed, for programs, or null
 * @param message why it failed, for people, or null
 */
public record SeedImport(String id, String server, String seed, String state, long objects, long objectsTotal,
        long bytes, long bytesTotal, long points, Instant started, @Nullable Instant ended, String startedBy,
        @Nullable String code, @Nullable String message) {
    /** Under way, also across restarts of the node. */
    public static final String RUNNING = "running";
    /** All points are there. */
    public static final String DONE = "done";
    /** It ended before that; what was copied stays and is used by the next try. */
    public static final String FAILED = "failed";
    /** Somebody ended it; what was copied stays and is used by the next try. */
    public static final String CANCELLED = "cancelled";
}
