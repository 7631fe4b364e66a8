package org.holdfast.protocol.fleet;

import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;

/**
 * A new vault ({@code POST /api/v1/vaults}), or the new settings of one ({@code PUT /api/v1/vaults/{vault}}).
 *
 * @param name see {@code VaultNames}; with {@code PUT} a new name
 * @param region label, at most 100 characters
 * @param resourceGroup label, at most 100 characters
 * @param subscription label, at most 100 characters
 * @param tags at most 50
 * @param redundancy number of copies; missing: one
 * @param immutability missing: off
 * @param softDelete missing: 14 days
 * @param defaultPolicy ignored: the default policy is set at the assignments of a policy
 * @param quotaBytes what its objects may take up, 1 or more; missing: no limit but the room of the store
 */
public record CreateVault(String name, String region, String resourceGroup, String subscription,
        Map<String, String> tags, Redundancy redundancy, Immutability immutability, SoftDelete softDelete,
        @Nullable String defaultPolicy, @Nullable Long quotaBytes) {
    /** Copies; what is missing gets its default. */
    public CreateVault {
        name = name == null ? "" : name;
        region = region == null ? "" : region;
        resourceGroup = resourceGroup == null ? "" : resourceGroup;
        subscription = subscription == null ? "" : subscription;
        tags = tags == null ? Map.of() : Map.copyOf(tags);
        redundancy = redundancy == null ? Redundancy.LOCAL : redundancy;
        immutability = immutability == null ? Immutability.OFF : immutability;
        softDelete = softDelete == null ? SoftDelete.DEFAULT : softDelete;
    }

    /** A vault with a name and defaults. */
    public static CreateVault of(String name) {
        return new CreateVault(name, "", "", "", Map.of(), Redundancy.LOCAL, Immutability.OFF, SoftDelete.DEFAULT,
                null, null);
    }
}
