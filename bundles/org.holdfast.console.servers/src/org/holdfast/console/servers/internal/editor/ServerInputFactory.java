package org.holdfast.console.servers.internal.editor;

import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.ui.IElementFactory;
import org.eclipse.ui.IMemento;
import org.holdfast.console.ui.pages.RowInput;

/** Brings back which servers were open when the console was closed. */
public final class ServerInputFactory implements IElementFactory {
    static final String ID = "org.holdfast.console.servers.serverInput";

    @Override
    public IAdaptable createElement(IMemento memento) {
        return RowInput.restore(memento, ServerInput::new);
    }
}
