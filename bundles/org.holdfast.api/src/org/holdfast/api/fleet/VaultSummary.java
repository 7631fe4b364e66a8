package org.holdfast.api.fleet;

import java.time.Instant;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A vault of an installation.
 *
 * @param id UUID, never changes
 * @param name see {@link VaultNames}
 * @param region label for people, may be empty
 * @param resourceGroup label for people, may be empty
 * @param subscription label for people, may be empty
 * @param tags labels by name
 * @param redundancy number of copies
 * @param immutability whether points can be removed early
 * @param softDelete for how long deleted data can be brought back
 * @param defaultPolicy name of the policy of servers that have no other, or null
 * @param created when it was made
 * @param servers number of protected servers
 * @param points number of recovery points
 * @param storedBytes what its objects take up
 * @param openAlerts alerts that are neither closed nor muted
 * @param quotaBytes what its objects may take up, or null for no limit
 */
public record VaultSummary(String id, String name, String region, String resourceGroup, String subscription,
        Map<String, String> tags, Redundancy redundancy, Immutability immutability, SoftDelete softDelete,
        @Nullable String defaultPolicy, Instant created, long servers, long points, long storedBytes,
        long openAlerts, @Nullable Long quotaBytes) {
}
