package org.holdfast.console.servers.internal.handlers;

import java.util.List;

import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.internal.ServerActions;

/** Backs the selected servers up now. */
public final class BackUpHandler extends ServersHandler {
    @Override
    void run(Shell shell, List<Row<ServerSummary>> servers) {
        new ServerActions(shell).backUp(servers);
    }
}
