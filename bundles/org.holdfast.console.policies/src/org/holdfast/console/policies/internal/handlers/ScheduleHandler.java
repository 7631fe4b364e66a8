package org.holdfast.console.policies.internal.handlers;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.ScheduleDialog;
import org.holdfast.console.policies.internal.ScheduleWizard;

/** Opens the wizard that schedules backups, with the selected servers chosen. */
public final class ScheduleHandler extends PolicyHandler {
    /** Variable of the workbench's expressions: the selected servers, rows in a list. */
    private static final String SELECTED = "org.holdfast.console.servers.selection";

    @Override
    void run(Scene scene, ExecutionEvent event) {
        List<Row<ServerSummary>> all = ScheduleWizard.servers(scene.connections());
        List<Row<ServerSummary>> selected = new ArrayList<>();
        if (HandlerUtil.getVariable(event, SELECTED) instanceof List<?> rows) {
            for (Object row : rows) {
                if (row instanceof Row<?> known && known.value() instanceof ServerSummary server) {
                    selected.add(new Row<>(known.session(), server));
                }
            }
        }
        new ScheduleDialog(scene.shell(), new ScheduleWizard(scene.shell(), scene.words(), all, selected)).open();
    }
}
