package org.holdfast.console.azure.internal.handlers;

import java.util.Map;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.console.azure.AzureIds;
import org.holdfast.console.azure.internal.AzureTasks;
import org.holdfast.console.azure.internal.Messages;
import org.holdfast.console.azure.internal.PlaceDialog;
import org.holdfast.console.azure.internal.PlaceJob;
import org.holdfast.console.azure.internal.PlaceWizard;
import org.holdfast.console.azure.internal.ResultDialog;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Ui;

/** Opens the wizard that makes a vault's place, or shows what was made last. */
public final class PlaceHandler extends AbstractHandler {
    private static final String NOTICE = "org.holdfast.console.monitor.tell";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        AzureTasks tasks = window.getService(AzureTasks.class);
        if (tasks == null) {
            return null;
        }
        Shell shell = window.getShell();
        if (event.getCommand().getId().equals(AzureIds.SHOW_PLACE)) {
            VaultPlan last = tasks.last();
            if (last != null) {
                new ResultDialog(shell, last).open();
            }
        } else {
            new PlaceDialog(shell, new PlaceWizard(tasks, request -> new PlaceJob(tasks, request,
                    plan -> Ui.async(shell, () -> tell(plan))).schedule())).open();
        }
        return null;
    }

    /** In the notices, wherever the person is by now; they lead to the result. */
    private static void tell(VaultPlan plan) {
        boolean failed = !plan.failure().isEmpty();
        Commands.run(NOTICE, Map.of(NOTICE + ".title", failed ? Messages.result_failed : Messages.result_made,
                NOTICE + ".text", failed ? plan.failure() : plan.location(), NOTICE + ".failed",
                Boolean.toString(failed), NOTICE + ".command", AzureIds.SHOW_PLACE));
    }
}
