package org.holdfast.console.ui;

import java.util.concurrent.CompletableFuture;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

/**
 * A step that waits for a vault server, where the person sees it in the Progress view. What comes after it was
 * cancelled is not told to anybody.
 *
 * @param <T> what the step brings
 */
public final class StepJob<T> extends Job {
    private final CompletableFuture<T> question;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /** @param question what is waited for */
    public StepJob(String name, CompletableFuture<T> question) {
        super(name);
        this.question = question;
        setSystem(false);
    }

    /** Completes with what the step brings, or with why it failed. */
    public CompletableFuture<T> answer() {
        return answer;
    }

    @Override
    protected void canceling() {
        answer.cancel(false);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        monitor.beginTask(getName(), IProgressMonitor.UNKNOWN);
        question.whenComplete((value, thrown) -> {
            monitor.done();
            if (thrown != null) {
                answer.completeExceptionally(thrown);
            } else {
                answer.complete(value);
            }
            // The dialog tells what failed, so the Progress view has nothing to add.
            done(monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS);
        });
        return ASYNC_FINISH;
    }
}
