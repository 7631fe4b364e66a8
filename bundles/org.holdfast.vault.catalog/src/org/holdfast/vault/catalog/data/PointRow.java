package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PointPin;

/**
 * A recovery point.
 *
 * @param server whose
 * @param name SHA-256 of its manifest, 64 hex digits
 * @param vault id of its vault
 * @param made when the backup began, by the server's clock
 * @param committed when the vault took it, by the vault's clock
 * @param durationMillis how long the backup took
 * @param state {@code completed}, {@code completed-with-warnings} or {@code interrupted}
 * @param group what belongs together for retention, 32 hex digits
 * @param previous name of the point before it, or null
 * @param storedBytes bytes it added to the store
 * @param keepUntil kept until then whatever the policy says, or null
 * @param job the job that made it, or null
 * @param files entries that are not directories, as the agent told
 * @param bytes sum of the sizes of files, as the agent told
 * @param warnings how many, as the agent told
 * @param policy name of the policy that held, or null
 * @param policyVersion its version, or 0
 * @param anomalous whether it looks as if something went wrong with the data; such points never take the place of
 *         others
 * @param damage what is wrong with it in the store, or null
 * @param deleted when it was deleted and can still be brought back, or null
 * @param pin who wants it kept whatever the policy says, or null
 */
public record PointRow(UUID server, String name, UUID vault, Instant made, Instant committed, long durationMillis,
        String state, String group, @Nullable String previous, long storedBytes, @Nullable Instant keepUntil,
        @Nullable String job, long files, long bytes, long warnings, @Nullable String policy, long policyVersion,
        boolean anomalous, @Nullable String damage, @Nullable Instant deleted, @Nullable PointPin pin) {
    /** Whether somebody wants it kept at that time. */
    public boolean pinned(Instant now) {
        PointPin wish = pin;
        return wish != null && wish.holds(now);
    }

    /** The id as people see it: the first 32 digits of the name. */
    public String id() {
        return name.substring(0, 32);
    }
}
