package org.holdfast.console.install.internal.run;

import java.util.Collection;
import java.util.List;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.holdfast.console.client.Subscription;

/** One pass over hosts, where the person sees it in the Progress view; cancelling it stops the pass in order. */
public final class RegistrationJob extends Job {
    private final Registration registration;
    private final List<String> hosts;
    private int told;

    /**
     * Does nothing until it is scheduled.
     *
     * @param name what the person reads; no secrets
     * @param hosts keys of the hosts to go over
     */
    public RegistrationJob(String name, Registration registration, Collection<String> hosts) {
        super(name);
        this.registration = registration;
        this.hosts = List.copyOf(hosts);
    }

    @Override
    protected void canceling() {
        registration.stop();
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == registration;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        if (registration.isRunning() || registration.isForgotten()) {
            return Status.CANCEL_STATUS;
        }
        monitor.beginTask(getName(), hosts.size());
        int before = over(true);
        Subscription watching = registration.changes().add(now -> tell(monitor, before));
        registration.go(hosts).whenComplete((end, thrown) -> {
            watching.close();
            monitor.done();
            // What failed is told where the hosts are; the Progress view has nothing to add.
            done(monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS);
        });
        return ASYNC_FINISH;
    }

    private int over(boolean well) {
        return (int) registration.rows().stream().filter(row -> (well ? row.isGood() : row.isOver())
                && hosts.contains(row.host().key())).count();
    }

    private synchronized void tell(IProgressMonitor monitor, int before) {
        int now = over(false) - before;
        if (now > told) {
            monitor.worked(now - told);
            told = now;
        }
    }
}
