package org.holdfast.protocol.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What stands between a vault and whoever wants its data gone ({@code GET /api/v1/vaults/{vault}/protection}), besides
 * its settings.
 *
 * @param secondPerson whether what is critical has to be approved by a security officer
 * @param clock whether the vault trusts its clock; while not, nothing is deleted
 * @param deleted deleted recovery points that can be brought back
 * @param deletedByPeople how many of them people have deleted
 * @param deletedBytes bytes that they added to the vault
 * @param nextPurge when the first of them goes for good, or null when there are none
 */
public record VaultProtection(boolean secondPerson, ClockStanding clock, long deleted, long deletedByPeople,
        long deletedBytes, @Nullable Instant nextPurge) {
}
