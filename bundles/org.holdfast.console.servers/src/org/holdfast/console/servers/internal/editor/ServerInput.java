package org.holdfast.console.servers.internal.editor;

import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.pages.RowInput;

/** Which server an editor shows. */
public final class ServerInput extends RowInput {
    /**
     * @param connection id of the saved connection
     * @param server id of the server
     * @param name what it was called last
     */
    public ServerInput(String connection, String server, String name) {
        super(ServerInputFactory.ID, connection, server, name, Icon.SERVER);
    }

    /** Id of the server. */
    public String server() {
        return thing();
    }
}
