package org.holdfast.api.vault;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;

/**
 * What to back up and how.
 *
 * @param items absolute paths; items inside other items are dropped
 * @param exclusions what to leave out
 * @param changeDetection how to tell an unchanged file
 * @param level zstd level 1 to 19, or 0 for the default
 * @param keepUntil keep this point at least until then, or null
 * @param server name of the protected server, or null for the host name
 */
public record BackupRequest(List<RawPath> items, Exclusions exclusions, ChangeDetection changeDetection, int level,
        @Nullable Instant keepUntil, @Nullable String server) {
    /** Backs up with defaults. */
    public static BackupRequest of(List<RawPath> items) {
        return new BackupRequest(items, Exclusions.NONE, ChangeDetection.DEFAULT, 0, null, null);
    }
}
