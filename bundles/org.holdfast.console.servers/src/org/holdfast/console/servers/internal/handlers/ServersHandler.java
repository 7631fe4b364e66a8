package org.holdfast.console.servers.internal.handlers;

import java.util.List;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.internal.ServerSelection;

/** A command on the selected servers. */
abstract class ServersHandler extends AbstractHandler {
    @Override
    public final Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        ServerSelection selection = window.getService(ServerSelection.class);
        if (selection != null && !selection.rows().isEmpty()) {
            run(window.getShell(), selection.rows());
        }
        return null;
    }

    abstract void run(Shell shell, List<Row<ServerSummary>> servers);
}
