package org.holdfast.vault.enrol;

import java.util.UUID;

/**
 * Who is behind a certificate that counts.
 *
 * @param serverId the server
 * @param vaultId its vault
 * @param serial serial number of the certificate, hexadecimal
 * @param unproven whether it still has to prove to be the server that was registered before; until then it may do no
 *        more than that
 */
public record KnownAgent(UUID serverId, UUID vaultId, String serial, boolean unproven) {
}
