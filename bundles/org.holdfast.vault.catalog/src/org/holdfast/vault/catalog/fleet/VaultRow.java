package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A vault.
 *
 * @param id identity
 * @param name as people write it
 * @param region label
 * @param resourceGroup label
 * @param subscription label
 * @param tags JSON object of text
 * @param redundancy wire name
 * @param immutability wire name
 * @param softDeleteDays days, 0 for none
 * @param softDeleteAlways whether that is for ever
 * @param defaultPolicy policy of servers without another, or null
 * @param created when it was made
 * @param version counts edits
 * @param quotaBytes what its servers may keep together, or null
 */
public record VaultRow(UUID id, String name, String region, String resourceGroup, String subscription, String tags,
        String redundancy, String immutability, int softDeleteDays, boolean softDeleteAlways,
        @Nullable UUID defaultPolicy, Instant created, long version, @Nullable Long quotaBytes) {
}
