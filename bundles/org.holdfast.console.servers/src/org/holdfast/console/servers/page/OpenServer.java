package org.holdfast.console.servers.page;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;

/** The server that an editor shows. Implemented by the editor; to be used on the user interface thread. */
public interface OpenServer {
    /** The server as the vault told it last, together with the vault server it belongs to. */
    Row<ServerSummary> row();

    /** The server as the vault told it last. */
    default ServerSummary summary() {
        return row().value();
    }

    /** The vault server: its lists, and calls to it. */
    default FleetSession session() {
        return row().session();
    }

    /**
     * Shows another page and gives it the focus; does nothing when there is none of that id.
     *
     * @param id as in the extension
     */
    void showPage(String id);
}
