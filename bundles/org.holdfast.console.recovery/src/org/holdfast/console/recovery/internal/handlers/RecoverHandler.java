package org.holdfast.console.recovery.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.recovery.internal.RecoverActions;

/** A command on the session of the window it was given in. */
abstract class RecoverHandler extends AbstractHandler {
    @Override
    public final Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        RecoverSession session = window.getService(RecoverSession.class);
        if (session != null) {
            run(session, new RecoverActions(session, window.getService(EPartService.class)), window.getShell(), event);
        }
        return null;
    }

    abstract void run(RecoverSession session, RecoverActions actions, Shell shell, ExecutionEvent event);
}
