package org.holdfast.console.vaults.internal.editor;

import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.pages.RowInput;

/** Which vault an editor shows. */
public final class VaultInput extends RowInput {
    /**
     * @param connection id of the saved connection
     * @param vault id of the vault
     * @param name what it was called last
     */
    public VaultInput(String connection, String vault, String name) {
        super(VaultInputFactory.ID, connection, vault, name, Icon.VAULT);
    }
}
