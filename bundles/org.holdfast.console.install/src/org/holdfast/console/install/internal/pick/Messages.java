package org.holdfast.console.install.internal.pick;

import org.eclipse.osgi.util.NLS;

/** Texts of the dialog. */
final class Messages extends NLS {
    public static String pick_all;
    public static String pick_filter;
    public static String pick_heading;
    public static String pick_host;
    public static String pick_looking;
    public static String pick_name;
    public static String pick_nothing;
    public static String pick_ok;
    public static String pick_prompt;
    public static String pick_protected;
    public static String pick_source;
    public static String pick_state;
    public static String pick_table;
    public static String pick_title;
    public static String pick_unprotected;

    static {
        NLS.initializeMessages("org.holdfast.console.install.internal.pick.messages", Messages.class);
    }

    private Messages() {
    }
}
