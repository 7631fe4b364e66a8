package org.holdfast.console.vaults.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.vaults.internal.editor.VaultEditor;

/** Reads everything anew, in an editor of its vault server only. */
public final class RefreshHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.getActivePart(event) instanceof VaultEditor editor) {
            editor.view().refresh();
            return null;
        }
        VaultConnections connections = HandlerUtil.getActiveWorkbenchWindowChecked(event)
                .getService(VaultConnections.class);
        if (connections != null) {
            connections.sessions().forEach(FleetSession::refresh);
        }
        return null;
    }
}
