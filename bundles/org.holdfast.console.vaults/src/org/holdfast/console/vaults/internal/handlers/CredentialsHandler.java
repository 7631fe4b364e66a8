package org.holdfast.console.vaults.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.vaults.internal.CredentialsDialog;
import org.holdfast.console.vaults.internal.VaultSelection;

/** Shows the vault credentials files of the selected vault. */
public final class CredentialsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        VaultSelection selection = window.getService(VaultSelection.class);
        if (connections != null && selection != null && selection.rows().size() == 1) {
            new CredentialsDialog(window.getShell(), selection.rows().getFirst(), connections.background()).open();
        }
        return null;
    }
}
