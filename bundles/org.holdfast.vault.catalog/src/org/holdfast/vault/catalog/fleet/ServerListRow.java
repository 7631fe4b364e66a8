package org.holdfast.vault.catalog.fleet;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A server in a list.
 *
 * @param server its row
 * @param vaultName name of its vault
 * @param policyName name of the policy that holds, or null
 * @param policyVersion its version, 0 without one
 * @param openAlerts alerts that are open or acknowledged
 * @param running jobs at work
 */
public record ServerListRow(ServerRow server, String vaultName, @Nullable String policyName, long policyVersion,
        long openAlerts, int running) {
}
