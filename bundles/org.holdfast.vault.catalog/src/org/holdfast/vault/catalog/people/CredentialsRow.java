package org.holdfast.vault.catalog.people;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A vault credentials file that was given out.
 *
 * @param id identity
 * @param vaultId for which vault
 * @param tokenHash SHA-256 of its secret, hexadecimal
 * @param fingerprint SHA-256 of its signature, hexadecimal
 * @param policy that servers start with, or null
 * @param tags that servers get
 * @param usesTotal how many servers it registers
 * @param usesLeft how many more
 * @param created when
 * @param createdBy by whom
 * @param expires until when it counts
 * @param revoked when it was revoked, or null
 */
public record CredentialsRow(UUID id, UUID vaultId, String tokenHash, String fingerprint, @Nullable String policy,
        List<String> tags, int usesTotal, int usesLeft, Instant created, String createdBy, Instant expires,
        @Nullable Instant revoked) {

    /** Copies the tags. */
    public CredentialsRow {
        tags = List.copyOf(tags);
    }
}
