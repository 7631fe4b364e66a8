package org.holdfast.api.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Where notifications are sent to. Secrets are not in here; only which ones there are.
 *
 * @param name unique, 1 to 64 letters, digits, dots, underscores and hyphens
 * @param kind see {@link TargetKind}
 * @param enabled whether anything is sent
 * @param language of the texts: {@code en} or {@code ja}
 * @param zone time zone of the times in texts, such as {@code Asia/Tokyo}
 * @param settings values by field
 * @param secrets names of the secrets that are stored
 * @param waiting messages that are not sent yet
 * @param failures attempts that failed since the last message that was taken
 * @param lastSent when a message was taken last, or null
 * @param lastFailure when an attempt failed last, or null
 * @param lastError why that failed, or null
 * @param changed when it was changed last
 * @param changedBy by which account
 */
public record TargetSummary(String name, String kind, boolean enabled, String language, String zone,
        Map<String, String> settings, List<String> secrets, long waiting, long failures, @Nullable Instant lastSent,
        @Nullable Instant lastFailure, @Nullable String lastError, Instant changed, String changedBy) {
    /** Copies. */
    public TargetSummary {
        settings = Map.copyOf(settings);
        secrets = List.copyOf(secrets);
    }
}
