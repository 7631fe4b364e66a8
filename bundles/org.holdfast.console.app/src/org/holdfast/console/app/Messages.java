package org.holdfast.console.app;

import org.eclipse.osgi.util.NLS;

/** Texts of the window. */
final class Messages extends NLS {
    public static String status_alerts;
    public static String status_alertsCritical;
    public static String status_approvals;
    public static String status_bar;
    public static String status_connected;
    public static String status_loading;
    public static String status_noServer;
    public static String status_open;
    public static String status_running;
    public static String window_title;
    public static String window_titleVault;

    static {
        NLS.initializeMessages("org.holdfast.console.app.messages", Messages.class);
    }

    private Messages() {
    }
}
