package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

/**
 * A policy, or an earlier version of one.
 *
 * @param id identity
 * @param vaultId its vault
 * @param name unique in the vault
 * @param version counts edits
 * @param document JSON
 * @param changed when this version was made
 * @param changedBy who made it
 */
public record PolicyRow(UUID id, UUID vaultId, String name, long version, String document, Instant changed,
        String changedBy) {
}
