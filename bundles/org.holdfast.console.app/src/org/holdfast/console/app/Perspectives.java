package org.holdfast.console.app;

import org.eclipse.ui.IPageLayout;
import org.holdfast.console.recovery.RecoverIds;

/** Ids of the console's perspectives. */
public final class Perspectives {
    /** What is protected and how. */
    public static final String PROTECT = "org.holdfast.console.app.protect";
    /** What happens and what went wrong. */
    public static final String MONITOR = "org.holdfast.console.app.monitor";
    /** Getting data back. */
    public static final String RECOVER = RecoverIds.PERSPECTIVE;

    static final String PROGRESS = "org.eclipse.ui.views.ProgressView";

    private Perspectives() {
    }

    /** The way from one to the others. */
    static void shortcuts(IPageLayout layout) {
        layout.addPerspectiveShortcut(PROTECT);
        layout.addPerspectiveShortcut(MONITOR);
        layout.addPerspectiveShortcut(RECOVER);
    }
}
