package org.holdfast.console.app.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.local.LocalVault;
import org.holdfast.console.client.local.LocalVaultException;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** Ends the vault server on this computer. What it keeps stays; backups to it fail until it is started again. */
public final class StopLocalVaultHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        VaultConnections connections = window.getService(VaultConnections.class);
        if (connections == null) {
            return null;
        }
        LocalVault vault = LocalVaults.of(connections);
        if (!vault.isRunning()) {
            tell(window, MessageDialog.INFORMATION, NLS.bind(Messages.local_notRunning, vault.data()));
            return null;
        }
        int answer = new MessageDialog(window.getShell(), Messages.local_stopTitle, null,
                NLS.bind(Messages.local_stopText, vault.data()), MessageDialog.QUESTION, 1, Messages.local_stop,
                Buttons.cancel()).open();
        if (answer == 0) {
            stop(window, vault);
        }
        return null;
    }

    private static void stop(IWorkbenchWindow window, LocalVault vault) {
        CompletableFuture<Boolean> stopping = vault.stop();
        var job = new Job(Messages.local_stopping) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                stopping.whenComplete((stopped, thrown) -> {
                    if (thrown != null) {
                        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
                        String text = cause instanceof LocalVaultException e ? LocalVaults.explain(e)
                                : Failure.of(cause).message();
                        Ui.async(window.getShell(), () -> tell(window, MessageDialog.ERROR, text));
                    }
                    done(Status.OK_STATUS);
                });
                return ASYNC_FINISH;
            }
        };
        job.schedule();
    }

    private static void tell(IWorkbenchWindow window, int kind, String text) {
        new MessageDialog(window.getShell(), Messages.local_stopTitle, null, text, kind, 0, Buttons.close()).open();
    }
}
