package org.holdfast.console.policies.internal.handlers;

import java.util.List;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.PoliciesSources;
import org.holdfast.console.policies.internal.PolicySelection;
import org.holdfast.console.policies.internal.PolicyWords;
import org.holdfast.console.policies.internal.VaultPlace;
import org.holdfast.console.ui.Formats;

/** What the handlers of policies have in common. */
abstract class PolicyHandler extends AbstractHandler {
    /**
     * Where a command was run.
     *
     * @param window the window
     * @param connections the vault servers
     * @param selected the selected policies
     */
    record Scene(IWorkbenchWindow window, VaultConnections connections, List<Row<VaultPolicy>> selected) {
        Shell shell() {
            return window.getShell();
        }

        PolicyWords words() {
            return new PolicyWords(Formats.local());
        }

        List<VaultPlace> places() {
            return PoliciesSources.places(connections);
        }
    }

    @Override
    public final Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        PolicySelection selection = window.getService(PolicySelection.class);
        if (connections != null && selection != null) {
            run(new Scene(window, connections, selection.rows()), event);
        }
        return null;
    }

    abstract void run(Scene scene, ExecutionEvent event);

    /** A handler of one selected policy. */
    abstract static class OfOne extends PolicyHandler {
        @Override
        final void run(Scene scene, ExecutionEvent event) {
            if (scene.selected().size() == 1) {
                run(scene, scene.selected().getFirst());
            }
        }

        abstract void run(Scene scene, Row<VaultPolicy> policy);
    }
}
