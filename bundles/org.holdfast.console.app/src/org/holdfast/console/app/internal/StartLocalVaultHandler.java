package org.holdfast.console.app.internal;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.VaultConnections;

/** Starts a vault server on this computer and connects to it. */
public final class StartLocalVaultHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        if (connections != null) {
            new LocalVaultDialog(window.getShell(), LocalVaults.of(connections)).open();
        }
        return null;
    }
}
