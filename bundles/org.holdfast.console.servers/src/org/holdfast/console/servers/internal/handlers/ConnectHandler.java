package org.holdfast.console.servers.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.servers.internal.ConnectDialog;

/** Adds a vault server. */
public final class ConnectHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        if (connections != null) {
            new ConnectDialog(window.getShell(), connections, null).open();
        }
        return null;
    }
}
