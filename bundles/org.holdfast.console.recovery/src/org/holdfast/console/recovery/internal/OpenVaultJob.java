package org.holdfast.console.recovery.internal;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;

/**
 * Opens a vault where the person sees it in the Progress view. A vault that is opened after the job was cancelled is
 * closed again.
 */
final class OpenVaultJob extends Job {
    private final Vaults vaults;
    private final Supplier<CompletableFuture<VaultConnection>> question;
    private final CompletableFuture<VaultConnection> answer = new CompletableFuture<>();

    OpenVaultJob(Vaults vaults, String location, Supplier<CompletableFuture<VaultConnection>> question) {
        super(NLS.bind(Messages.open_job, location));
        this.vaults = vaults;
        this.question = question;
    }

    /** Completes with the vault, or with why it could not be opened. */
    CompletableFuture<VaultConnection> answer() {
        return answer;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        monitor.beginTask(getName(), IProgressMonitor.UNKNOWN);
        CompletableFuture<VaultConnection> opening;
        try {
            opening = question.get();
        } catch (RuntimeException e) {
            opening = CompletableFuture.failedFuture(e);
        }
        opening.whenComplete((connection, thrown) -> {
            monitor.done();
            if (thrown != null) {
                answer.completeExceptionally(thrown);
            } else if (monitor.isCanceled()) {
                vaults.close(connection);
                answer.cancel(false);
            } else {
                answer.complete(connection);
            }
            // The dialog tells what failed, so the Progress view has nothing to add.
            done(monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS);
        });
        return ASYNC_FINISH;
    }
}
