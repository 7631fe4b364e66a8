package org.holdfast.console.servers.internal.editor;

import org.eclipse.osgi.util.NLS;

/** Texts of the server editor. */
public final class Messages extends NLS {
    public static String editor_gone;
    public static String editor_goneText;
    public static String editor_place;
    public static String editor_refresh;
    public static String overview_table;
    public static String page_failed;
    public static String page_failedAdvice;
    public static String page_noRight;
    public static String page_noRightText;

    static {
        NLS.initializeMessages("org.holdfast.console.servers.internal.editor.messages", Messages.class);
    }

    private Messages() {
    }
}
