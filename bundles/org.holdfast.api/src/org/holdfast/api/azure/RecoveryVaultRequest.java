package org.holdfast.api.azure;

/**
 * A Recovery Services vault that is wanted. Redundancy can only be chosen before its first item.
 *
 * @param id which one; its resource group has to be there
 * @param region where
 * @param redundancy {@link Redundancy#LRS}, {@link Redundancy#ZRS} or {@link Redundancy#GRS}
 * @param crossRegionRestore whether the second region can be restored from; only with {@link Redundancy#GRS}
 * @param softDeleteDays 14 to 180
 * @param alwaysSoftDelete whether soft delete can never be turned off again
 * @param immutable whether recovery points cannot be removed before their time; not locked, so that it can be undone
 */
public record RecoveryVaultRequest(RecoveryVaultId id, String region, Redundancy redundancy,
        boolean crossRegionRestore, int softDeleteDays, boolean alwaysSoftDelete, boolean immutable) {
}
