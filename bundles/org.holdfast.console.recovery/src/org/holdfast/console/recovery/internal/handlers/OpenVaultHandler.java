package org.holdfast.console.recovery.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.recovery.internal.RecoverActions;

/** Asks for a vault; one named by the command is proposed. */
public final class OpenVaultHandler extends RecoverHandler {
    @Override
    void run(RecoverSession session, RecoverActions actions, Shell shell, ExecutionEvent event) {
        String location = event.getParameter(RecoverIds.LOCATION);
        actions.openVault(shell, location == null ? "" : location);
    }
}
