package org.holdfast.api.azure;

/**
 * A Recovery Services vault as it is. In a list of vaults only the first four are known, and the others are empty.
 *
 * @param id which one
 * @param region where it is
 * @param state of its making, in the words of Azure
 * @param publicAccess {@code Enabled} or {@code Disabled}
 * @param redundancy {@code LocallyRedundant}, {@code ZoneRedundant} or {@code GeoRedundant}
 * @param redundancyLocked whether it cannot be changed any more, because something is protected
 * @param crossRegionRestore {@code Enabled} or {@code Disabled}
 * @param softDelete {@code Enabled}, {@code Disabled} or {@code AlwaysON}
 * @param softDeleteDays 0 when Azure does not say
 * @param immutability {@code Disabled}, {@code Unlocked} or {@code Locked}
 * @param multiUser whether a resource guard asks for a second person: {@code Enabled} or {@code Disabled}
 * @param servers number of servers with Microsoft's agent, -1 when not counted
 * @param items number of their items, -1 when not counted
 */
public record RecoveryVault(RecoveryVaultId id, String region, String state, String publicAccess, String redundancy,
        boolean redundancyLocked, String crossRegionRestore, String softDelete, int softDeleteDays,
        String immutability, String multiUser, int servers, int items) {
}
