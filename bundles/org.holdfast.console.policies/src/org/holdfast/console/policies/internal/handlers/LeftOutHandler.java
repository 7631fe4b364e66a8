package org.holdfast.console.policies.internal.handlers;

import java.io.IOException;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.policies.PoliciesIds;
import org.holdfast.console.policies.internal.LeftOutDialog;
import org.holdfast.protocol.common.Json;

/** Shows what a policy would leave out on a server; the editor gives the policy as it was entered. */
public final class LeftOutHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        Vaults vaults = window.getService(Vaults.class);
        String connection = event.getParameter(PoliciesIds.LEFT_OUT_CONNECTION);
        String policy = event.getParameter(PoliciesIds.LEFT_OUT_POLICY);
        String vault = event.getParameter(PoliciesIds.LEFT_OUT_VAULT);
        if (connections == null || vaults == null || policy == null || vault == null) {
            return null;
        }
        FleetSession session = connections.sessions().stream().filter(s -> s.connection().id().equals(connection))
                .findFirst().orElse(null);
        Shell active = Display.getCurrent().getActiveShell();
        try {
            if (session != null) {
                new LeftOutDialog(active == null ? window.getShell() : active, vaults, session, vault,
                        Json.read(policy, Policy.class)).open();
            }
        } catch (IOException e) {
            throw new ExecutionException("The policy could not be read.", e);
        }
        return null;
    }
}
