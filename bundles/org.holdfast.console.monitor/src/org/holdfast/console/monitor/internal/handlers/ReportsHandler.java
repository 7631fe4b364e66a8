package org.holdfast.console.monitor.internal.handlers;

import java.time.Clock;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.monitor.internal.ReportsDialog;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.report.Reports;

/** File > Reports: saves what the console knows to a file, in one of the forms that bundles contribute. */
public final class ReportsHandler extends AbstractHandler {
    private final Clock clock = Clock.systemUTC();

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        IEclipseContext context = window.getService(IEclipseContext.class);
        if (connections != null && context != null) {
            new ReportsDialog(window.getShell(), Reports.of(context),
                    () -> Reports.gather(connections, clock.instant(), Formats.local())).open();
        }
        return null;
    }
}
