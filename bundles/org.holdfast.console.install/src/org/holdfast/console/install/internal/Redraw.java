package org.holdfast.console.install.internal;

import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.swt.widgets.Control;
import org.holdfast.console.ui.Ui;

/** Shows what has changed on other threads, a few times a second and not each time. */
final class Redraw {
    private static final int PAUSE_MILLIS = 200;

    private final Control control;
    private final Runnable action;
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * @param control nothing is shown once it is gone
     * @param action run on the user interface thread
     */
    Redraw(Control control, Runnable action) {
        this.control = control;
        this.action = action;
    }

    /** Something has changed. Any thread. */
    void ask() {
        if (asked.compareAndSet(false, true)) {
            Ui.async(control, () -> Ui.after(PAUSE_MILLIS, control, () -> {
                asked.set(false);
                action.run();
            }));
        }
    }
}
