package org.holdfast.console.app;

import org.eclipse.osgi.util.NLS;

/** Texts of the window. */
final class Messages extends NLS {
    public static String status_loading;
    public static String status_noVault;
    public static String status_open;
    public static String window_title;
    public static String window_titleVault;

    static {
        NLS.initializeMessages("org.holdfast.console.app.messages", Messages.class);
    }

    private Messages() {
    }
}
