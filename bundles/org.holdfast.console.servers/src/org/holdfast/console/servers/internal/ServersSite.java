package org.holdfast.console.servers.internal;

import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.ContextMenu;

/** What surrounds a part. Everything of the workbench may be missing, as it is in tests of a part alone. */
@Creatable
public final class ServersSite {
    private final VaultConnections connections;
    private final ServerSelection selection;
    private final IMenuService menus;

    /** Called by the workbench. */
    @Inject
    public ServersSite(VaultConnections connections, ServerSelection selection, @Optional IMenuService menus) {
        this.connections = connections;
        this.selection = selection;
        this.menus = menus;
    }

    /** The vault servers. */
    VaultConnections connections() {
        return connections;
    }

    /** What is selected. */
    ServerSelection selection() {
        return selection;
    }

    /** Opens a server in an editor. */
    void open(Row<ServerSummary> server) {
        Commands.run(ServersIds.OPEN, Map.of(ServersIds.OPEN_CONNECTION, server.session().connection().id(),
                ServersIds.OPEN_SERVER, server.value().id()));
    }

    /** Gives a control the context menu that plug-ins contribute to under {@code popup:id}. */
    void attachMenu(Control control, String id) {
        ContextMenu.attach(menus, control, id);
    }
}
