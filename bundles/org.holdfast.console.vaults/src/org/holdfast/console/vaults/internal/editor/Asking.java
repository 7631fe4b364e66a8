package org.holdfast.console.vaults.internal.editor;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.FailureDialog;
import org.holdfast.console.ui.StepJob;
import org.holdfast.console.ui.Ui;

/** Asks the vault server for what a dialog needs, visibly in the Progress view; says why when it cannot be had. */
final class Asking {
    private Asking() {
    }

    /**
     * Asks.
     *
     * @param <T> the answer
     * @param shell whose window goes on; when it is closed meanwhile, nothing happens any more
     * @param then gets the answer on the user interface thread
     */
    static <T> void ask(Shell shell, String what, CompletableFuture<T> question, Consumer<T> then) {
        var job = new StepJob<>(what, question);
        job.answer().whenComplete((value, thrown) -> Ui.async(shell, () -> {
            if (thrown == null) {
                then.accept(value);
            } else if (!Failure.of(thrown).isCancelled()) {
                new FailureDialog(shell, Failure.of(thrown)).open();
            }
        }));
        job.schedule();
    }
}
