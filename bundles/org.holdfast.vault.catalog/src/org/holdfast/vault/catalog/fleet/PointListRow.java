package org.holdfast.vault.catalog.fleet;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PointPin;

/**
 * A recovery point in a list; what its components mean is said at {@code PointInfo}.
 *
 * @param id 32 hex digits
 * @param vaultName name of its vault
 * @param serverId whose
 * @param serverName name of its server
 * @param time by the server's clock
 * @param committed vault time
 * @param state wire name
 * @param files number
 * @param bytes sum
 * @param storedBytes added
 * @param warnings number
 * @param keepUntil or null
 * @param job or null
 * @param policy or null
 * @param policyVersion or 0
 * @param anomalous or not
 * @param damage or null
 * @param deleted or null
 * @param pin or null
 */
public record PointListRow(String id, String vaultName, UUID serverId, String serverName, Instant time,
        Instant committed, String state, long files, long bytes, long storedBytes, long warnings,
        @Nullable Instant keepUntil, @Nullable String job, @Nullable String policy, long policyVersion,
        boolean anomalous, @Nullable String damage, @Nullable Instant deleted, @Nullable PointPin pin) {
}
