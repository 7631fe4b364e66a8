package org.holdfast.protocol.fleet;

import java.time.Instant;

/**
 * What retention and collection did for a server the last time.
 *
 * @param serverId whose
 * @param server its name
 * @param ran when
 * @param deleted recovery points whose time was over then
 * @param purged recovery points that went for good
 * @param packsRemoved packs that went
 * @param packsCompacted packs of which what is needed was moved
 * @param packsPending packs that wait for backups to end
 * @param bytesFreed bytes fewer than before
 * @param freedTotal bytes that all of them have freed
 * @param since when the first of them was
 */
public record CollectionView(String serverId, String server, Instant ran, long deleted, long purged,
        long packsRemoved, long packsCompacted, long packsPending, long bytesFreed, long freedTotal, Instant since) {
}
