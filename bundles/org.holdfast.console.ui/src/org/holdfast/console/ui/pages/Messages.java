package org.holdfast.console.ui.pages;

import org.eclipse.osgi.util.NLS;

/** Texts of pages. */
final class Messages extends NLS {
    public static String bar_notConnected;
    public static String details_name;
    public static String details_value;
    public static String dialog_approvals;
    public static String dialog_asked;
    public static String dialog_save;
    public static String dialog_saving;
    public static String page_failed;
    public static String page_failedAdvice;
    public static String page_loading;
    public static String page_noRight;
    public static String page_noRightText;

    static {
        NLS.initializeMessages("org.holdfast.console.ui.pages.messages", Messages.class);
    }

    private Messages() {
    }
}
