package org.holdfast.console.recovery.internal.handlers;

import java.util.List;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.recovery.internal.RecoverActions;

/** Opens the data of a server: the one named by the command, the selected one, or one that is chosen then. */
public final class RecoverServerHandler extends RecoverHandler {
    /** Variable of expressions that holds the selected servers. */
    private static final String SELECTION = "org.holdfast.console.servers.selection";

    @Override
    void run(RecoverSession session, RecoverActions actions, Shell shell, ExecutionEvent event) {
        Row<ServerSummary> proposed = named(session, event.getParameter(RecoverIds.SERVER));
        if (!actions.recoverServer(shell, proposed == null ? selected(event) : proposed)) {
            return;
        }
        try {
            PlatformUI.getWorkbench().showPerspective(RecoverIds.PERSPECTIVE,
                    HandlerUtil.getActiveWorkbenchWindowChecked(event));
        } catch (WorkbenchException | ExecutionException e) {
            ILog.of(RecoverServerHandler.class).error("The perspective could not be shown.", e);
        }
    }

    private static Row<ServerSummary> named(RecoverSession session, String id) {
        if (id == null || session.fleet() == null) {
            return null;
        }
        for (FleetSession each : session.fleet().sessions()) {
            ServerSummary server = each.live().servers().get(id);
            if (server != null) {
                return new Row<>(each, server);
            }
        }
        return null;
    }

    private static Row<ServerSummary> selected(ExecutionEvent event) {
        if (HandlerUtil.getVariable(event, SELECTION) instanceof List<?> rows && !rows.isEmpty()
                && rows.getFirst() instanceof Row<?> row && row.value() instanceof ServerSummary server) {
            return new Row<>(row.session(), server);
        }
        return null;
    }
}
