package org.holdfast.console.azure.internal;

import java.util.List;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.api.azure.VaultRequest;

/** Makes a vault's place, where the person sees it in the Progress view; goes on when windows are closed. */
public final class PlaceJob extends Job {
    private final AzureTasks tasks;
    private final VaultRequest request;
    private final Consumer<VaultPlan> told;
    private final CancelToken cancel = new CancelToken();

    /** @param told what came of it, on some thread */
    public PlaceJob(AzureTasks tasks, VaultRequest request, Consumer<VaultPlan> told) {
        super(NLS.bind(Messages.job_name, request.account()));
        this.tasks = tasks;
        this.request = request;
        this.told = told;
        setUser(false);
    }

    @Override
    protected void canceling() {
        cancel.cancel();
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        VaultPlan plan;
        try {
            plan = tasks.management().apply(request, new Watch(monitor));
        } catch (HoldfastException e) {
            plan = new VaultPlan(request, "", List.of(), "", "", List.of(), "", String.valueOf(e.getMessage()),
                    e.advice());
        }
        monitor.done();
        tasks.made(plan);
        told.accept(plan);
        return cancel.isCancelled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
    }

    private final class Watch implements AzureWatch {
        private final IProgressMonitor monitor;
        private boolean begun;

        Watch(IProgressMonitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public CancelToken cancel() {
            return cancel;
        }

        @Override
        public void begins(PlanStep step, int number, int total) {
            if (!begun) {
                begun = true;
                monitor.beginTask(getName(), total);
                monitor.worked(number - 1);
            } else {
                monitor.worked(1);
            }
            monitor.subTask(PlanWords.kind(step) + ' ' + step.resource());
        }
    }
}
