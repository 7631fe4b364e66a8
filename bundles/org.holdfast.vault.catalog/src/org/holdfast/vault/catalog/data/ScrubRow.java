package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How far the packs of a server have been read again.
 *
 * @param server whose
 * @param position name of the object read last in the round under way, empty between rounds
 * @param began when that round began, or null
 * @param packs read in it
 * @param bytes read in it
 * @param lastBegan when the last whole round began, or null
 * @param lastEnded when it ended, or null
 * @param lastPacks read in it
 * @param lastBytes read in it
 */
public record ScrubRow(UUID server, String position, @Nullable Instant began, long packs, long bytes,
        @Nullable Instant lastBegan, @Nullable Instant lastEnded, long lastPacks, long lastBytes) {
    /** Nothing was read yet. */
    public static ScrubRow none(UUID server) {
        return new ScrubRow(server, "", null, 0, 0, null, null, 0, 0);
    }
}
