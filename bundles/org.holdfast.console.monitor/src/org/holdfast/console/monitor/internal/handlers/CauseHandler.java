package org.holdfast.console.monitor.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.monitor.internal.Causes;
import org.holdfast.console.monitor.internal.MonitorSelection;
import org.holdfast.console.monitor.internal.Opener;

/** Goes to what caused the selected alert. */
public final class CauseHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        MonitorSelection selection = HandlerUtil.getActiveWorkbenchWindowChecked(event)
                .getService(MonitorSelection.class);
        if (selection != null && selection.alerts().size() == 1) {
            Causes.open(selection.alerts().getFirst(), Opener.workbench());
        }
        return null;
    }
}
