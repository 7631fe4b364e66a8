package org.holdfast.vault.catalog.fleet;

/**
 * A job in a list.
 *
 * @param job its row
 * @param vaultName name of its vault
 * @param serverName name of its server
 */
public record JobListRow(JobRow job, String vaultName, String serverName) {
}
