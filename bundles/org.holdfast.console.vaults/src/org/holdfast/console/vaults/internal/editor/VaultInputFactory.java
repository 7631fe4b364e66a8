package org.holdfast.console.vaults.internal.editor;

import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.ui.IElementFactory;
import org.eclipse.ui.IMemento;
import org.holdfast.console.ui.pages.RowInput;

/** Brings back which vaults were open when the console was closed. */
public final class VaultInputFactory implements IElementFactory {
    static final String ID = "org.holdfast.console.vaults.vaultInput";

    @Override
    public IAdaptable createElement(IMemento memento) {
        return RowInput.restore(memento, VaultInput::new);
    }
}
