package org.holdfast.console.monitor.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.monitor.internal.AuditPart;

/** Reads the audit, or everything of all vault servers, anew; those that are not connected are tried at once. */
public final class RefreshHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        MPart part = window.getService(EPartService.class).getActivePart();
        if (part != null && part.getObject() instanceof AuditPart audit) {
            audit.refresh();
            return null;
        }
        VaultConnections connections = window.getService(VaultConnections.class);
        if (connections != null) {
            connections.sessions().forEach(FleetSession::refresh);
        }
        return null;
    }
}
