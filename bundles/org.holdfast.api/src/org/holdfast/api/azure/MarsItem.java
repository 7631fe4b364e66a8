package org.holdfast.api.azure;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a server with Microsoft's agent protects: a volume, or its system state.
 *
 * @param server name
 * @param name of the item
 * @param state {@code Protected}, {@code ProtectionStopped}, {@code IRPending} or {@code ProtectionError}
 * @param lastStatus of its last backup
 * @param lastBackup when that was
 * @param oldest its oldest recovery point
 * @param points number of recovery points
 */
public record MarsItem(String server, String name, String state, String lastStatus, @Nullable Instant lastBackup,
        @Nullable Instant oldest, int points) {
}
