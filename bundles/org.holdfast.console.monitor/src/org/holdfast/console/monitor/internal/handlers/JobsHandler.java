package org.holdfast.console.monitor.internal.handlers;

import java.util.Arrays;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.monitor.internal.JobAction;
import org.holdfast.console.monitor.internal.JobActions;
import org.holdfast.console.monitor.internal.MonitorSelection;

/** The commands on the selected jobs. */
public final class JobsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        MonitorSelection selection = window.getService(MonitorSelection.class);
        String id = event.getCommand().getId();
        if (selection != null && !selection.jobs().isEmpty()) {
            Arrays.stream(JobAction.values()).filter(action -> action.command().equals(id)).findFirst()
                    .ifPresent(action -> new JobActions(window.getShell()).ask(action, selection.jobs()));
        }
        return null;
    }
}
