package org.holdfast.console.monitor.internal;

import org.eclipse.osgi.util.NLS;

/** Texts of the parts and dialogs. */
public final class Messages extends NLS {
    public static String action_cancel;
    public static String action_cancelText;
    public static String action_pause;
    public static String action_pauseText;
    public static String action_resume;
    public static String action_resumeText;
    public static String action_retry;
    public static String action_retryText;
    public static String cancel_keep;
    public static String cancel_ok;
    public static String cancel_text;
    public static String column_asked;
    public static String column_files;
    public static String column_kind;
    public static String column_progress;
    public static String column_rate;
    public static String column_read;
    public static String column_server;
    public static String column_state;
    public static String column_stored;
    public static String column_why;
    public static String copy;
    public static String details;
    public static String fact_advice;
    public static String fact_changes;
    public static String fact_changesText;
    public static String fact_code;
    public static String fact_ended;
    public static String fact_id;
    public static String fact_items;
    public static String fact_name;
    public static String fact_point;
    public static String fact_policy;
    public static String fact_policyVersion;
    public static String fact_serverOf;
    public static String fact_started;
    public static String fact_trigger;
    public static String fact_value;
    public static String fact_warnings;
    public static String job_cancelled;
    public static String job_done;
    public static String job_facts;
    public static String job_failed;
    public static String job_interrupted;
    public static String job_left;
    public static String job_loading;
    public static String job_namesKept;
    public static String job_noWarnings;
    public static String job_of;
    public static String job_paused;
    public static String job_percent;
    public static String job_queued;
    public static String job_running;
    public static String job_skipped;
    public static String job_took;
    public static String job_waits;
    public static String job_warningCount;
    public static String job_warnings;
    public static String jobs_count;
    public static String jobs_countFiltered;
    public static String jobs_filter;
    public static String jobs_none;
    public static String jobs_noneText;
    public static String jobs_table;
    public static String kind_backup;
    public static String kind_check;
    public static String kind_import;
    public static String kind_restore;
    public static String kind_retain;
    public static String kind_verify;
    public static String phase_collecting;
    public static String phase_committing;
    public static String phase_done;
    public static String phase_opening;
    public static String phase_scanning;
    public static String phase_transferring;
    public static String phase_verifying;
    public static String refresh;
    public static String skip_byVault;
    public static String skip_ended;
    public static String skip_goesOn;
    public static String skip_noRight;
    public static String skip_notEnded;
    public static String skip_notPaused;
    public static String skip_notRunning;
    public static String skip_restore;
    public static String skipped_code;
    public static String skipped_path;
    public static String skipped_reason;
    public static String trigger_by;
    public static String trigger_catchUp;
    public static String trigger_local;
    public static String trigger_request;
    public static String trigger_resume;
    public static String trigger_schedule;

    static {
        NLS.initializeMessages("org.holdfast.console.monitor.internal.messages", Messages.class);
    }

    private Messages() {
    }
}
