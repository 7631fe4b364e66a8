package org.holdfast.console.ui;

import java.util.Map;

/** The part with the requests for approval, which another bundle contributes. */
public final class Approvals {
    /** Id of the part. */
    public static final String PART = "org.holdfast.console.monitor.approvals";
    private static final String SHOW = "org.eclipse.ui.views.showView";
    private static final String VIEW = "org.eclipse.ui.views.showView.viewId";

    private Approvals() {
    }

    /** Whether it can be shown: not in a dialog without a workbench. */
    public static boolean canShow() {
        return Commands.isThere(SHOW);
    }

    /** Shows it. */
    public static void show() {
        Commands.run(SHOW, Map.of(VIEW, PART));
    }
}
