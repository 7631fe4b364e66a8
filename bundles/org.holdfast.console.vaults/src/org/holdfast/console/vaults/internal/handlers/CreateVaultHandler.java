package org.holdfast.console.vaults.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.vaults.VaultsIds;
import org.holdfast.console.vaults.internal.CreateVaultDialog;
import org.holdfast.console.vaults.internal.CreateVaultWizard;
import org.holdfast.console.vaults.internal.VaultSelection;
import org.holdfast.console.vaults.internal.VaultsSources;

/** Makes a vault, then selects it where the vaults are. */
public final class CreateVaultHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        VaultSelection selection = window.getService(VaultSelection.class);
        if (connections == null || selection == null) {
            return null;
        }
        var sessions = VaultsSources.allowing(connections, VaultsSources.MANAGE);
        if (!sessions.isEmpty()) {
            var wizard = new CreateVaultWizard(sessions, selection.rows(), vault -> {
                EPartService parts = window.getService(EPartService.class);
                if (parts != null) {
                    parts.showPart(VaultsIds.VAULTS, EPartService.PartState.ACTIVATE);
                }
                selection.reveal(vault);
            });
            new CreateVaultDialog(window.getShell(), wizard).open();
        }
        return null;
    }
}
