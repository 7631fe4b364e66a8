package org.holdfast.api.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.vault.PointState;

/**
 * A recovery point as the vault knows it: no names.
 *
 * @param id 32 hex digits
 * @param vault name of the vault
 * @param serverId the server it was made of
 * @param server its name
 * @param time when the backup started, by the server's clock
 * @param committed when the vault took it, vault time
 * @param state how the backup went
 * @param files number of entries that are not directories
 * @param bytes sum of the sizes of all files
 * @param storedBytes bytes it added to the vault
 * @param warnings how many items were skipped or handled in part
 * @param keepUntil kept until then whatever the policy says, or null
 * @param job the job that made it, or null
 * @param policy the policy that held, or null
 * @param policyVersion its version, or 0
 * @param anomalous whether it is unlike the points before it, as if something had happened to the data
 * @param damage what of it is damaged or missing, or null when nothing is known to be
 * @param deleted when it was deleted and can still be brought back, or null
 * @param pin who wants it kept whatever the policy says, or null when nobody does (any more)
 */
public record PointInfo(String id, String vault, String serverId, String server, Instant time, Instant committed,
        PointState state, long files, long bytes, long storedBytes, long warnings, @Nullable Instant keepUntil,
        @Nullable String job, @Nullable String policy, long policyVersion, boolean anomalous, @Nullable String damage,
        @Nullable Instant deleted, @Nullable PointPin pin) {
}
