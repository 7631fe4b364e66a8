package org.holdfast.vault.catalog.notify;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A target; what its components mean is said at {@code TargetSummary}.
 *
 * @param id identity
 * @param name as people wrote it
 * @param nameKey the same in lower case
 * @param kind of the target
 * @param enabled whether anything is sent
 * @param language of texts
 * @param zone of times in texts
 * @param settings JSON object
 * @param secrets sealed JSON object, base64; empty for none
 * @param created when
 * @param changed when
 * @param changedBy account
 * @param version counts edits
 * @param failures since the last success
 * @param lastSent or null
 * @param lastFailure or null
 * @param lastError or null
 * @param waiting messages that wait; not written
 */
public record TargetRow(UUID id, String name, String nameKey, String kind, boolean enabled, String language,
        String zone, String settings, String secrets, Instant created, Instant changed, String changedBy,
        long version, long failures, @Nullable Instant lastSent, @Nullable Instant lastFailure,
        @Nullable String lastError, long waiting) {
    @Override
    public String toString() {
        return "target " + name;
    }
}
