package org.holdfast.console.servers.internal.handlers;

import java.util.List;

import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.internal.ServerActions;

/** Lets the selected servers prove now that they can be restored. */
public final class DrillHandler extends ServersHandler {
    @Override
    void run(Shell shell, List<Row<ServerSummary>> servers) {
        new ServerActions(shell).drill(servers);
    }
}
