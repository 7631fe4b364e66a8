package org.holdfast.api.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;

/**
 * A recovery point in a list.
 *
 * @param id 32 hex digits, unique; a prefix is enough for people
 * @param time when the backup started
 * @param duration how long it took
 * @param server name of the protected server
 * @param base directory all items are below: their nearest common parent
 * @param items what was backed up, absolute paths
 * @param state how it went
 * @param files number of entries that are not directories
 * @param directories number of directories
 * @param bytes sum of the sizes of all files
 * @param storedBytes bytes this backup added to the vault
 * @param warnings how many items were skipped or handled in part
 * @param keepUntil an on-demand point is kept until then, or null when only the policy decides
 */
public record PointSummary(String id, Instant time, Duration duration, String server, RawPath base,
        List<RawPath> items, PointState state, long files, long directories, long bytes, long storedBytes,
        long warnings, @Nullable Instant keepUntil) {
}
