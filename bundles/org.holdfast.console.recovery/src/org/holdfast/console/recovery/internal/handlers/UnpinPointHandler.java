package org.holdfast.console.recovery.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.RecoverActions;

/** Lets the policy decide about the chosen point again. */
public final class UnpinPointHandler extends RecoverHandler {
    @Override
    void run(RecoverSession session, RecoverActions actions, Shell shell, ExecutionEvent event) {
        actions.unpin(shell);
    }
}
