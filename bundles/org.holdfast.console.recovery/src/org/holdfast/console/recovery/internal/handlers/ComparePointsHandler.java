package org.holdfast.console.recovery.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.recovery.internal.RecoverActions;

/** Goes to the comparison of points. */
public final class ComparePointsHandler extends RecoverHandler {
    @Override
    void run(RecoverSession session, RecoverActions actions, Shell shell, ExecutionEvent event) {
        actions.showPart(RecoverIds.COMPARE);
    }
}
