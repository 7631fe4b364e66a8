package org.holdfast.console.app.internal;

import org.eclipse.osgi.util.NLS;

/** Texts of what the window offers beside its parts. */
final class Messages extends NLS {
    public static String about_area;
    public static String about_console;
    public static String about_copy;
    public static String about_diagnostics;
    public static String about_java;
    public static String about_language;
    public static String about_license;
    public static String about_message;
    public static String about_platform;
    public static String about_system;
    public static String about_title;
    public static String about_versions;
    public static String connections_account;
    public static String connections_add;
    public static String connections_address;
    public static String connections_fingerprint;
    public static String connections_forget;
    public static String connections_forgetText;
    public static String connections_forgetTitle;
    public static String connections_forgetVerb;
    public static String connections_list;
    public static String connections_name;
    public static String connections_none;
    public static String connections_pinned;
    public static String connections_rename;
    public static String connections_renameText;
    public static String connections_renameTitle;
    public static String connections_signOut;
    public static String connections_state;
    public static String diagnostics_failed;
    public static String diagnostics_saved;
    public static String diagnostics_saving;
    public static String diagnostics_title;
    public static String general_failed;
    public static String general_language;
    public static String general_restart;
    public static String general_system;
    public static String help_name;
    public static String link_closed;
    public static String link_connected;
    public static String link_connecting;
    public static String link_refused;
    public static String link_signedOut;
    public static String link_stale;
    public static String link_unreachable;
    public static String local_cancelled;
    public static String local_didNotStart;
    public static String local_didNotStop;
    public static String local_done;
    public static String local_failed;
    public static String local_files;
    public static String local_find;
    public static String local_heading;
    public static String local_name;
    public static String local_noProgram;
    public static String local_notRunning;
    public static String local_prompt;
    public static String local_refused;
    public static String local_result;
    public static String local_signIn;
    public static String local_start;
    public static String local_stop;
    public static String local_stopText;
    public static String local_stopTitle;
    public static String local_stopping;
    public static String local_title;
    public static String local_trust;
    public static String local_where;

    static {
        NLS.initializeMessages("org.holdfast.console.app.internal.messages", Messages.class);
    }

    private Messages() {
    }
}
