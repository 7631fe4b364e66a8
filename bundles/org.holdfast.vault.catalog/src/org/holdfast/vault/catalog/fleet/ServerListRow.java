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
 * @param drillState how it stands with its restore drills, wire name, or null when nothing is known yet
 * @param drill JSON of {@code LastDrill}, or null
 */
public record ServerListRow(ServerRow server, String vaultName, @Nullable String policyName, long policyVersion,
        long openAlerts, int running, @Nullable String drillState, @Nullable String drill) {
}
