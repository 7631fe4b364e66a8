package org.holdfast.console.recovery.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.RecoverActions;

/** Keeps the chosen point whatever the policy says. */
public final class PinPointHandler extends RecoverHandler {
    @Override
    void run(RecoverSession session, RecoverActions actions, Shell shell, ExecutionEvent event) {
        actions.pin(shell);
    }
}
