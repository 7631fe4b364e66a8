package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Something an agent is to do and has not acknowledged.
 *
 * @param id identity
 * @param serverId whose agent
 * @param seq order within the server
 * @param kind wire name
 * @param jobId the job it is about, or null
 * @param body JSON of the command
 * @param created vault time
 * @param expires vault time
 */
public record CommandRow(UUID id, UUID serverId, long seq, String kind, @Nullable UUID jobId, String body,
        Instant created, Instant expires) {
}
