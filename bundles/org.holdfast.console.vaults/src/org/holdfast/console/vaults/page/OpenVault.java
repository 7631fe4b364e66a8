package org.holdfast.console.vaults.page;

import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.ui.pages.Open;

/** The vault that an editor shows. Implemented by the editor; to be used on the user interface thread. */
public interface OpenVault extends Open<VaultSummary> {
}
