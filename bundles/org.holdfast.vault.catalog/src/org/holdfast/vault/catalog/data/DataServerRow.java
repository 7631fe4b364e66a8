package org.holdfast.vault.catalog.data;

import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What the data path knows of a server.
 *
 * @param server its id
 * @param vault id of its vault
 * @param fence the last fencing token given to it
 * @param domain id of its encryption domain, 32 hex digits, null before there is one
 * @param publicKey the Ed25519 key of the domain, 64 hex digits, null before there is one
 * @param usedBytes about how many bytes its objects have
 * @param quotaBytes how many they may have, null for no limit
 */
public record DataServerRow(UUID server, UUID vault, long fence, @Nullable String domain, @Nullable String publicKey,
        long usedBytes, @Nullable Long quotaBytes) {
}
