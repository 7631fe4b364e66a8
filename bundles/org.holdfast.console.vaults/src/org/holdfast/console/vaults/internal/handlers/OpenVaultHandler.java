package org.holdfast.console.vaults.internal.handlers;

import java.util.List;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.vaults.VaultsIds;
import org.holdfast.console.vaults.internal.VaultSelection;
import org.holdfast.console.vaults.internal.editor.VaultInput;

/** Opens the vault that the parameters name, or the one that is selected, in an editor. */
public final class OpenVaultHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        IWorkbenchPage page = window.getActivePage();
        try {
            for (VaultInput input : inputs(event, window)) {
                page.setEditorAreaVisible(true);
                page.openEditor(input, VaultsIds.EDITOR);
            }
        } catch (PartInitException e) {
            throw new ExecutionException("The vault could not be opened.", e);
        }
        return null;
    }

    private static List<VaultInput> inputs(ExecutionEvent event, IWorkbenchWindow window) {
        String connection = event.getParameter(VaultsIds.OPEN_CONNECTION);
        String vault = event.getParameter(VaultsIds.OPEN_VAULT);
        if (connection != null && vault != null) {
            VaultConnections connections = window.getService(VaultConnections.class);
            String name = connections.sessions().stream().filter(s -> s.connection().id().equals(connection))
                    .findFirst().map(s -> s.live().vaults().get(vault)).map(VaultSummary::name).orElse(vault);
            return List.of(new VaultInput(connection, vault, name));
        }
        VaultSelection selection = window.getService(VaultSelection.class);
        return selection == null ? List.of()
                : selection.rows().stream()
                        .map(r -> new VaultInput(r.session().connection().id(), r.value().id(), r.value().name()))
                        .toList();
    }
}
