package org.holdfast.protocol.people;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The server may register: it has a certificate, and one hour to complete.
 *
 * @param serverId id of the server; with {@code existing} the one it had before
 * @param vaultId id of the vault
 * @param vault name of the vault
 * @param certificates the agent's certificate and that of the authority, PEM
 * @param existing whether this machine is registered here already
 * @param challenge 32 bytes that are to be signed by the domain's key to prove that this is the same server; null
 *         unless existing
 * @param domainId the encryption domain of the existing server, 32 hex digits, or null
 * @param completeBy until when {@code POST /agent/v1/registration/complete} has to follow
 */
public record EnrolAnswer(String serverId, String vaultId, String vault, String certificates, boolean existing,
        byte @Nullable [] challenge, @Nullable String domainId, Instant completeBy) {
}
