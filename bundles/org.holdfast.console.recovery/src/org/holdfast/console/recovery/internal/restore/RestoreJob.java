package org.holdfast.console.recovery.internal.restore;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.CancelToken;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.holdfast.console.client.Observers;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.AgentRestore;
import org.holdfast.console.client.recover.RestorePlan;
import org.holdfast.console.client.recover.RestoreReport;
import org.holdfast.console.client.recover.RestoreReport.Outcome;
import org.holdfast.console.client.recover.RestoreRun;
import org.holdfast.console.recovery.internal.Messages;

/** A restore, or a dry run of one, with progress and cancel where the workbench shows all jobs. */
public final class RestoreJob extends Job {
    private static final int TICKS = 1000;

    private final RestorePlan plan;
    private final BiFunction<ProgressSink, CancelToken, RestoreReport> work;
    private final CancelToken cancel = new CancelToken();
    private final Observers<Progress> progress = new Observers<>();
    private final CompletableFuture<RestoreReport> answer = new CompletableFuture<>();

    /** A restore. */
    RestoreJob(VaultConnection connection, RestorePlan plan) {
        this(Messages.restore_job, plan, new RestoreRun(connection, plan, false)::run);
    }

    private RestoreJob(String name, RestorePlan plan, BiFunction<ProgressSink, CancelToken, RestoreReport> work) {
        super(NLS.bind(name, plan.items().getFirst().point().server()));
        this.plan = plan;
        this.work = work;
    }

    /** A dry run on this computer. */
    static RestoreJob dryRun(VaultConnection connection, RestorePlan plan) {
        return new RestoreJob(Messages.restore_dryJob, plan, new RestoreRun(connection, plan, true)::run);
    }

    /**
     * A dry run by the agent of the target.
     *
     * @param targetPassphrase wiped at the end
     * @param sourcePassphrase wiped at the end
     */
    static RestoreJob dryRun(AgentRestore agent, RestorePlan plan, char[] targetPassphrase, char[] sourcePassphrase) {
        return new RestoreJob(Messages.restore_dryJob, plan, (progress, cancel) -> {
            try {
                return agent.check(targetPassphrase, sourcePassphrase, cancel);
            } finally {
                Arrays.fill(targetPassphrase, '\0');
                Arrays.fill(sourcePassphrase, '\0');
            }
        });
    }

    /** Completes with what was done; never exceptionally. */
    public CompletableFuture<RestoreReport> answer() {
        return answer;
    }

    /** Told how far it is, on the thread of the job. */
    Observers<Progress> progress() {
        return progress;
    }

    /** What is restored. */
    RestorePlan plan() {
        return plan;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        monitor.beginTask(getName(), TICKS);
        var ticks = new Ticks(monitor);
        RestoreReport report = work.apply(ticks, cancel);
        monitor.done();
        answer.complete(report);
        return report.outcome() == Outcome.CANCELLED ? Status.CANCEL_STATUS : Status.OK_STATUS;
    }

    @Override
    protected void canceling() {
        cancel.cancel();
    }

    /** Turns bytes done into ticks of the workbench's progress bar. */
    private final class Ticks implements ProgressSink {
        private final IProgressMonitor monitor;
        private int done;

        Ticks(IProgressMonitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public void progress(Progress p) {
            if (p.bytesTotal() > 0) {
                int now = (int) (TICKS * Math.min(p.bytes(), p.bytesTotal()) / p.bytesTotal());
                monitor.worked(Math.max(0, now - done));
                done = Math.max(done, now);
            }
            monitor.subTask(p.current());
            progress.fire(p);
        }
    }
}
