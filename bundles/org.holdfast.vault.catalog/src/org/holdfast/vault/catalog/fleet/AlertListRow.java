package org.holdfast.vault.catalog.fleet;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An alert in a list.
 *
 * @param alert its row
 * @param vaultName name of its vault, or null
 * @param serverName name of its server, or null
 */
public record AlertListRow(AlertRow alert, @Nullable String vaultName, @Nullable String serverName) {
}
