package org.holdfast.api.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The last restore drill of a server that came to a result.
 *
 * @param at when it ended, vault time
 * @param good whether everything came back as it was stored
 * @param job its job
 * @param point the point that was restored from, or null when there was none to be read
 * @param files files restored
 * @param bytes their size
 * @param result what it found
 * @param lastGood when the last one that went well ended, or null
 */
public record LastDrill(Instant at, boolean good, String job, @Nullable String point, long files, long bytes,
        DrillResult result, @Nullable Instant lastGood) {
}
