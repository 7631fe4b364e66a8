package org.holdfast.console.recovery.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.recovery.internal.RecoverActions;

/** Goes to the versions of the chosen file. */
public final class ShowVersionsHandler extends RecoverHandler {
    @Override
    void run(RecoverSession session, RecoverActions actions, Shell shell, ExecutionEvent event) {
        actions.showPart(RecoverIds.VERSIONS);
    }
}
