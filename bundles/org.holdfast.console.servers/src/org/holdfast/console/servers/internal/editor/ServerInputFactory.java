package org.holdfast.console.servers.internal.editor;

import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.ui.IElementFactory;
import org.eclipse.ui.IMemento;

/** Brings back which servers were open when the console was closed. */
public final class ServerInputFactory implements IElementFactory {
    static final String ID = "org.holdfast.console.servers.serverInput";

    @Override
    public IAdaptable createElement(IMemento memento) {
        String connection = memento.getString(ServerInput.CONNECTION);
        String server = memento.getString(ServerInput.SERVER);
        String name = memento.getString(ServerInput.NAME);
        return connection == null || server == null ? null
                : new ServerInput(connection, server, name == null ? "" : name);
    }
}
