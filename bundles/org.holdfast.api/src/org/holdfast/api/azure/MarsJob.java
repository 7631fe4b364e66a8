package org.holdfast.api.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A job of Microsoft's agent. A running one can only be ended at the server.
 *
 * @param id of it
 * @param server name
 * @param what it is about
 * @param operation {@code Backup}, {@code Restore} and others
 * @param status {@code InProgress}, {@code Completed}, {@code Failed} and others
 * @param started when
 * @param ended null while it runs
 * @param duration so far
 * @param errors sentences of Azure
 */
public record MarsJob(String id, String server, String what, String operation, String status,
        @Nullable Instant started, @Nullable Instant ended, @Nullable Duration duration, List<String> errors) {
    /** Copies the list. */
    public MarsJob {
        errors = List.copyOf(errors);
    }
}
