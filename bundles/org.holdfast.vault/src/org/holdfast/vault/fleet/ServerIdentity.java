package org.holdfast.vault.fleet;

import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Who a protected server is, as far as trust depends on it.
 *
 * @param id identity
 * @param vaultId its vault
 * @param name what people call it
 * @param machineId of the machine it was registered from
 * @param registered whether its registration was complete at least once
 * @param retired whether it was given up
 * @param domainId its encryption domain, 32 hex digits, or null before registration
 * @param publicKey Ed25519 key of the domain, 32 bytes, or null before registration
 */
public record ServerIdentity(UUID id, UUID vaultId, String name, String machineId, boolean registered,
        boolean retired, @Nullable String domainId, byte @Nullable [] publicKey) {
}
