package org.holdfast.console.ui;

import org.eclipse.osgi.util.NLS;

/** Texts of the toolkit. */
final class Messages extends NLS {
    public static String button_back;
    public static String button_cancel;
    public static String button_close;
    public static String button_finish;
    public static String button_next;
    public static String cause_agentOutdated;
    public static String cause_anomaly;
    public static String cause_approval;
    public static String cause_nodeLost;
    public static String cause_backupMissed;
    public static String cause_certificate;
    public static String cause_clock;
    public static String cause_scrubLate;
    public static String cause_credentials;
    public static String cause_damage;
    public static String cause_drillFailed;
    public static String cause_drillOverdue;
    public static String cause_identityShared;
    public static String cause_jobFailed;
    public static String cause_jobWarnings;
    public static String cause_notification;
    public static String cause_policyDrift;
    public static String cause_serverLost;
    public static String cause_vaultFull;
    public static String chip_text;
    public static String failure_approvals;
    public static String failure_asked;
    public static String failure_details;
    public static String failure_title;
    public static String fleet_connect;
    public static String fleet_filtered;
    public static String fleet_loading;
    public static String fleet_loadingOne;
    public static String fleet_noRight;
    public static String fleet_noRightText;
    public static String fleet_noVault;
    public static String fleet_noVaultText;
    public static String fleet_partial;
    public static String fleet_signIn;
    public static String fleet_signedOut;
    public static String fleet_signedOutText;
    public static String fleet_stale;
    public static String fleet_startHere;
    public static String format_bytes;
    public static String format_hours;
    public static String format_minutes;
    public static String format_rate;
    public static String format_seconds;
    public static String many_cancelled;
    public static String many_copy;
    public static String many_detail;
    public static String many_done;
    public static String many_failed;
    public static String many_name;
    public static String many_result;
    public static String many_retry;
    public static String many_running;
    public static String many_skipped;
    public static String many_stop;
    public static String many_summary;
    public static String many_waiting;
    public static String problem_ACCESS_DENIED;
    public static String problem_CANCELLED;
    public static String problem_FILE_CHANGED;
    public static String problem_FILE_NOT_RESTORED;
    public static String problem_FILE_UNREADABLE;
    public static String problem_FILE_VANISHED;
    public static String problem_INTERNAL;
    public static String problem_INVALID_REQUEST;
    public static String problem_METADATA_NOT_RESTORED;
    public static String problem_OBJECT_DAMAGED;
    public static String problem_OBJECT_MISSING;
    public static String problem_PATH_NOT_FOUND;
    public static String problem_POINT_NOT_FOUND;
    public static String problem_SIGNATURE_INVALID;
    public static String problem_STORE_FULL;
    public static String problem_STORE_UNAVAILABLE;
    public static String problem_VAULT_EXISTS;
    public static String problem_VAULT_NOT_FOUND;
    public static String problem_VAULT_UNSUPPORTED;
    public static String problem_WEAK_PASSPHRASE;
    public static String problem_WRONG_PASSPHRASE;
    public static String severity_critical;
    public static String severity_info;
    public static String severity_warning;
    public static String state_clearFilter;
    public static String state_code;
    public static String state_copy;
    public static String state_details;
    public static String state_retry;
    public static String table_back;
    public static String table_forth;
    public static String table_loading;
    public static String table_range;

    static {
        NLS.initializeMessages("org.holdfast.console.ui.messages", Messages.class);
    }

    private Messages() {
    }
}
