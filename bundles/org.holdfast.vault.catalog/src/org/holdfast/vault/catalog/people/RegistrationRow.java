package org.holdfast.vault.catalog.people;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A registration that has begun.
 *
 * @param serverId of which server
 * @param vaultId in which vault
 * @param credentialsId with which vault credentials
 * @param machineId of which machine
 * @param hostname how it calls itself
 * @param os its system
 * @param agentVersion version of its agent
 * @param existing whether the server was registered before
 * @param challenge what it has to sign when it was, base64, or null
 * @param serial of the certificate that it got
 * @param started when
 * @param expires until when it has to be complete
 */
public record RegistrationRow(UUID serverId, UUID vaultId, UUID credentialsId, String machineId, String hostname,
        String os, String agentVersion, boolean existing, @Nullable String challenge, String serial, Instant started,
        Instant expires) {
}
