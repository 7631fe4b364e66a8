package org.holdfast.protocol.fleet;

import java.time.Instant;

/**
 * A deleted recovery point that can be brought back ({@code GET /api/v1/vaults/{vault}/deleted-points}).
 *
 * @param point its id
 * @param serverId whose
 * @param server its name
 * @param time when the backup started, by the server's clock
 * @param storedBytes bytes it added to the vault
 * @param deleted when it was deleted
 * @param deletedBy who deleted it, {@code retention} when its time was over
 * @param purged until when it can be brought back
 */
public record DeletedPoint(String point, String serverId, String server, Instant time, long storedBytes,
        Instant deleted, String deletedBy, Instant purged) {
}
