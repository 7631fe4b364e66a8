package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How it stands with the restore drills of a server.
 *
 * @param serverId the server
 * @param state wire name
 * @param since when drills began to be asked for, or null while they are not
 * @param document JSON of {@code LastDrill}, or null before the first
 */
public record DrillRow(UUID serverId, String state, @Nullable Instant since, @Nullable String document) {
}
