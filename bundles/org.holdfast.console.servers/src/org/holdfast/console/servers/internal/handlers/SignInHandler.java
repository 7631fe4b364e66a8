package org.holdfast.console.servers.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.servers.internal.ConnectDialog;
import org.holdfast.console.ui.Commands;

/** Signs in to the named vault server, or to the first one where nobody is signed in. */
public final class SignInHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        if (connections == null) {
            return null;
        }
        String id = event.getParameter(Commands.CONNECTION);
        FleetSession session = id != null ? connections.session(id)
                : connections.sessions().stream().filter(s -> s.state().kind() == LinkState.Kind.SIGNED_OUT)
                        .findFirst().orElse(connections.sessions().isEmpty() ? null
                                : connections.sessions().getFirst());
        new ConnectDialog(window.getShell(), connections, session).open();
        return null;
    }
}
