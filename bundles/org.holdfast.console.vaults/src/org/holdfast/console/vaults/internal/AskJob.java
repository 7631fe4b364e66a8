package org.holdfast.console.vaults.internal;

import java.util.concurrent.CompletableFuture;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

/**
 * A question that waits for a vault server, where the person sees it in the Progress view. What comes after it was
 * cancelled is not told to anybody.
 *
 * @param <T> what the answer is
 */
final class AskJob<T> extends Job {
    private final CompletableFuture<T> question;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    AskJob(String name, CompletableFuture<T> question) {
        super(name);
        this.question = question;
        setSystem(false);
    }

    /** Completes with the answer, or with why it failed. */
    CompletableFuture<T> answer() {
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
