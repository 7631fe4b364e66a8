package org.holdfast.console.servers.internal.editor;

import java.util.Objects;

import org.eclipse.core.runtime.PlatformObject;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IPersistableElement;
import org.holdfast.console.ui.Icon;

/** Which server an editor shows: by its identity, so that it stays the same whatever it is called. */
public final class ServerInput extends PlatformObject implements IEditorInput, IPersistableElement {
    static final String CONNECTION = "connection";
    static final String SERVER = "server";
    static final String NAME = "name";

    private final String connection;
    private final String server;
    private final String name;

    /**
     * @param connection id of the saved connection
     * @param server id of the server
     * @param name what it was called last
     */
    public ServerInput(String connection, String server, String name) {
        this.connection = connection;
        this.server = server;
        this.name = name;
    }

    /** Id of the saved connection. */
    public String connection() {
        return connection;
    }

    /** Id of the server. */
    public String server() {
        return server;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public ImageDescriptor getImageDescriptor() {
        return Icon.SERVER.descriptor();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getToolTipText() {
        return name;
    }

    @Override
    public IPersistableElement getPersistable() {
        return this;
    }

    @Override
    public String getFactoryId() {
        return ServerInputFactory.ID;
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putString(CONNECTION, connection);
        memento.putString(SERVER, server);
        memento.putString(NAME, name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerInput o && o.connection.equals(connection) && o.server.equals(server);
    }

    @Override
    public int hashCode() {
        return Objects.hash(connection, server);
    }
}
