package org.holdfast.console.servers.internal;

import java.util.Map;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.RowQuickAccess;

/** Finds servers in the quick access of the workbench, by all that the part with the servers finds them by. */
public final class ServerQuickAccess extends RowQuickAccess<ServerSummary> {
    private static final int MOST = 50;

    /** Called by the workbench. */
    public ServerQuickAccess() {
        super(MOST, LiveFleet::servers);
    }

    @Override
    protected boolean isOffered(ServerSummary server) {
        return server.state() != ServerState.RETIRED;
    }

    @Override
    protected String name(ServerSummary server) {
        return server.name();
    }

    @Override
    protected String searched(Row<ServerSummary> row) {
        return ServerWords.searched(row);
    }

    @Override
    protected String label(Row<ServerSummary> row) {
        ServerSummary s = row.value();
        return NLS.bind(Messages.quick_server, new Object[] { s.name(), ServerWords.state(s.state()), s.vault(),
                row.session().connection().name() });
    }

    @Override
    protected Icon icon(Row<ServerSummary> row) {
        return ServerWords.icon(row.value().state());
    }

    @Override
    protected String key(ServerSummary server) {
        return server.id();
    }

    @Override
    protected void open(Row<ServerSummary> row) {
        Commands.run(ServersIds.OPEN, Map.of(ServersIds.OPEN_CONNECTION, row.session().connection().id(),
                ServersIds.OPEN_SERVER, row.value().id()));
    }
}
