package org.holdfast.console.vaults.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.vaults.internal.VaultSelection;
import org.holdfast.console.vaults.internal.editor.ChangeVaultDialog;

/** Changes the properties of the selected vault. */
public final class ChangeVaultHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultSelection selection = window.getService(VaultSelection.class);
        if (selection != null && selection.rows().size() == 1) {
            ChangeVaultDialog.open(window.getShell(), selection.rows().getFirst());
        }
        return null;
    }
}
