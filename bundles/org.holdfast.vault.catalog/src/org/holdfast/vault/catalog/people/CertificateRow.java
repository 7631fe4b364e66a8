package org.holdfast.vault.catalog.people;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A certificate that was issued to an agent.
 *
 * @param serial serial number, hexadecimal
 * @param serverId of which server
 * @param notBefore from when it counts
 * @param notAfter until when it counts
 * @param issued when it was issued
 * @param unproven whether its holder still has to prove to be the server that was registered before
 * @param revoked when it was revoked, or null
 * @param reason why, or null
 */
public record CertificateRow(String serial, UUID serverId, Instant notBefore, Instant notAfter, Instant issued,
        boolean unproven, @Nullable Instant revoked, @Nullable String reason) {
}
