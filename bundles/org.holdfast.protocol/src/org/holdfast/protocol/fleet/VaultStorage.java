package org.holdfast.protocol.fleet;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How a vault is filled ({@code GET /api/v1/vaults/{vault}/storage}).
 *
 * @param storedBytes what its objects take up
 * @param quotaBytes what they may take up, or null for no limit
 * @param roomBytes what the store can still take, from all vaults together, or null when it cannot be told
 * @param storeBytes what the store can take in all, or null when it cannot be told
 * @param since from when on days are told: 90 days ago, or when the vault was made
 * @param days days with recovery points since then, the first one first
 */
public record VaultStorage(long storedBytes, @Nullable Long quotaBytes, @Nullable Long roomBytes,
        @Nullable Long storeBytes, Instant since, List<StorageDay> days) {
    /** Copies. */
    public VaultStorage {
        days = days == null ? List.of() : List.copyOf(days);
    }
}
