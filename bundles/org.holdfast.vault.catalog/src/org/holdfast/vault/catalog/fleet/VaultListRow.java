package org.holdfast.vault.catalog.fleet;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A vault in a list.
 *
 * @param vault its row
 * @param defaultPolicyName name of its default policy, or null
 * @param servers number of servers that are not retired
 * @param points number of recovery points of all its servers
 * @param storedBytes what they take up
 * @param openAlerts alerts that are open or acknowledged
 */
public record VaultListRow(VaultRow vault, @Nullable String defaultPolicyName, long servers, long points,
        long storedBytes, long openAlerts) {
}
