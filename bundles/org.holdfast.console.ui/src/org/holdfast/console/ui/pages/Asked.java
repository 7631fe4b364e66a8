package org.holdfast.console.ui.pages;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/**
 * Something a page asks the vault for: shows that it waits, what failed, or the answer. An answer that is shown stays
 * while it is asked anew, and when that fails; the editor says then that the vault cannot be reached.
 *
 * @param <T> the answer
 */
public final class Asked<T> {
    private final StatePanel panel;
    private final Supplier<CompletableFuture<T>> question;
    private final Consumer<T> taker;
    private @Nullable Object reason;
    private boolean answered;
    private int asked;

    /**
     * @param panel shows how far it is
     * @param taker shows the answer, on the user interface thread
     */
    public Asked(StatePanel panel, Supplier<CompletableFuture<T>> question, Consumer<T> taker) {
        this.panel = panel;
        this.question = question;
        this.taker = taker;
    }

    /** Asks when what the answer depends on is not what it was. */
    public void ask(Object because) {
        if (!because.equals(reason)) {
            reason = because;
            again();
        }
    }

    /** Asks anew. */
    public void again() {
        int mine = ++asked;
        if (!answered) {
            panel.showLoading(Messages.page_loading);
        }
        question.get().whenComplete((value, thrown) -> Ui.async(panel, () -> {
            if (mine == asked) {
                arrived(value, thrown);
            }
        }));
    }

    private void arrived(T value, @Nullable Throwable thrown) {
        if (thrown == null) {
            answered = true;
            panel.showContent();
            taker.accept(value);
        } else if (!answered) {
            reason = null;
            panel.showError(Failure.of(thrown), this::again);
        }
    }
}
