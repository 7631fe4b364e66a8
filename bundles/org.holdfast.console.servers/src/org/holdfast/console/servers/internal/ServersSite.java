package org.holdfast.console.servers.internal;

import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.PartSite;

/** What surrounds a part with servers. */
@Creatable
public final class ServersSite extends PartSite<ServerSelection> {
    /** Called by the workbench. */
    @Inject
    public ServersSite(VaultConnections connections, ServerSelection selection, @Optional IMenuService menus) {
        super(connections, selection, menus);
    }

    /** Opens a server in an editor. */
    void open(Row<ServerSummary> server) {
        Commands.run(ServersIds.OPEN, Map.of(ServersIds.OPEN_CONNECTION, server.session().connection().id(),
                ServersIds.OPEN_SERVER, server.value().id()));
    }
}
