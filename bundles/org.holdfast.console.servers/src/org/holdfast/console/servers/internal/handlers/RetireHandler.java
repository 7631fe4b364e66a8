package org.holdfast.console.servers.internal.handlers;

import java.util.List;

import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.internal.ServerActions;
import org.holdfast.console.servers.internal.RetireDialog;

/** Gives the selected servers up. */
public final class RetireHandler extends ServersHandler {
    @Override
    void run(Shell shell, List<Row<ServerSummary>> servers) {
        if (new RetireDialog(shell, servers).open() == Window.OK) {
            new ServerActions(shell).retire(servers);
        }
    }
}
