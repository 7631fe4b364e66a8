package org.holdfast.vault.catalog.fleet;

import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What the end of a job tells of its point.
 *
 * @param server whose
 * @param id of the point, 32 hex digits
 * @param files entries that are not directories
 * @param bytes sum of the sizes of files
 * @param warnings how many
 * @param policy name of the policy that held, or null
 * @param policyVersion its version, or 0
 */
public record PointDescription(UUID server, String id, long files, long bytes, long warnings,
        @Nullable String policy, long policyVersion) {
}
