package org.holdfast.console.monitor.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;

/** Reads everything of all vault servers anew; those that are not connected are tried at once. */
public final class RefreshHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        VaultConnections connections = HandlerUtil.getActiveWorkbenchWindowChecked(event)
                .getService(VaultConnections.class);
        if (connections != null) {
            connections.sessions().forEach(FleetSession::refresh);
        }
        return null;
    }
}
