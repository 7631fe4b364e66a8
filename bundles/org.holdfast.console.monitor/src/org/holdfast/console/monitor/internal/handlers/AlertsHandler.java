package org.holdfast.console.monitor.internal.handlers;

import java.time.Clock;
import java.util.Arrays;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.monitor.internal.AlertAction;
import org.holdfast.console.monitor.internal.AlertActions;
import org.holdfast.console.monitor.internal.MonitorSelection;

/** The commands on the selected alerts. */
public final class AlertsHandler extends AbstractHandler {
    private final Clock clock = Clock.systemUTC();

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        MonitorSelection selection = window.getService(MonitorSelection.class);
        String id = event.getCommand().getId();
        if (selection != null && !selection.alerts().isEmpty()) {
            Arrays.stream(AlertAction.values()).filter(action -> action.command().equals(id)).findFirst()
                    .ifPresent(action -> new AlertActions(window.getShell(), clock).ask(action, selection.alerts()));
        }
        return null;
    }
}
