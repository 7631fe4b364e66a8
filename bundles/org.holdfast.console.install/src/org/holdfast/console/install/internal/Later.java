package org.holdfast.console.install.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.widgets.Control;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.Ui;

/**
 * Asks something in the background after the person has stopped typing. An answer to what was typed before is dropped.
 *
 * @param <T> what the answer is
 */
final class Later<T> {
    private static final int PAUSE_MILLIS = 250;

    private final Control control;
    private final Executor background;
    private int asked;

    /** @param control gone when nobody wants the answer any more */
    Later(Control control, Executor background) {
        this.control = control;
        this.background = background;
    }

    /** Asks; the answer comes on the user interface thread, one of its two values null. */
    void ask(Supplier<T> question, BiConsumer<@Nullable T, @Nullable Failure> answered) {
        int mine = ++asked;
        Ui.after(PAUSE_MILLIS, control, () -> {
            if (mine == asked) {
                CompletableFuture.supplyAsync(question, background).whenComplete((value, thrown) -> Ui.async(control,
                        () -> {
                            if (mine == asked) {
                                answered.accept(value, thrown == null ? null : Failure.of(thrown));
                            }
                        }));
            }
        });
    }

    /** Wants no answer any more. */
    void forget() {
        asked++;
    }
}
