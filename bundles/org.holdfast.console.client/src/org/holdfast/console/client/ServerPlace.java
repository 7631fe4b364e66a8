package org.holdfast.console.client;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;

/**
 * A protected server of a vault server that this console is connected to.
 *
 * @param session the vault server
 * @param server the server as it was told last
 */
public record ServerPlace(FleetSession session, ServerSummary server) {
    /** Where its data is, for whoever has its passphrase: {@code vault://ADDRESS/VAULT/SERVER}. */
    public String location() {
        return "vault://" + session.connection().address() + '/' + server.vault() + '/' + server.id();
    }

    /** What people call it, with the vault. */
    public String title() {
        return server.name() + " \u00b7 " + server.vault() + " \u00b7 " + session.connection().name();
    }

    /** The server as the vault server tells now, or as it was when it was chosen. */
    public ServerSummary now() {
        ServerSummary fresh = session.live().servers().get(server.id());
        return fresh == null ? server : fresh;
    }
}
