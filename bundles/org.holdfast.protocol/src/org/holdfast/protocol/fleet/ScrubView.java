package org.holdfast.protocol.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * When the packs of a server were read again.
 *
 * @param serverId whose
 * @param server its name
 * @param began when the round under way began, or null
 * @param packs read in it
 * @param bytes read in it
 * @param lastBegan when the last whole round began: every pack that was there then has been read since; or null
 * @param lastEnded when it ended, or null
 * @param lastPacks read in it
 * @param lastBytes read in it
 * @param damaged packs that are damaged and hurt points
 */
public record ScrubView(String serverId, String server, @Nullable Instant began, long packs, long bytes,
        @Nullable Instant lastBegan, @Nullable Instant lastEnded, long lastPacks, long lastBytes, int damaged) {
}
