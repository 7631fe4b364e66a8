package org.holdfast.console.vaults.internal;

import org.eclipse.osgi.util.NLS;

/** Texts of the parts and dialogs. */
public final class Messages extends NLS {
    public static String column_connection;
    public static String column_group;
    public static String column_immutability;
    public static String column_name;
    public static String column_quota;
    public static String column_redundancy;
    public static String column_region;
    public static String column_servers;
    public static String column_softDelete;
    public static String column_stored;
    public static String column_subscription;
    public static String create_finish;
    public static String create_job;
    public static String create_title;
    public static String credentials_active;
    public static String credentials_by;
    public static String credentials_create;
    public static String credentials_created;
    public static String credentials_default;
    public static String credentials_exhausted;
    public static String credentials_expired;
    public static String credentials_expires;
    public static String credentials_heading;
    public static String credentials_loading;
    public static String credentials_none;
    public static String credentials_policy;
    public static String credentials_prompt;
    public static String credentials_readOnly;
    public static String credentials_refresh;
    public static String credentials_revoke;
    public static String credentials_revoked;
    public static String credentials_revoking;
    public static String credentials_saved;
    public static String credentials_state;
    public static String credentials_tags;
    public static String credentials_title;
    public static String credentials_uses;
    public static String credentials_usesLeft;
    public static String credentials_wasRevoked;
    public static String immutability_locked;
    public static String immutability_off;
    public static String immutability_on;
    public static String keeping_days;
    public static String keeping_immutability;
    public static String keeping_locked;
    public static String keeping_noSoft;
    public static String keeping_note;
    public static String keeping_prompt;
    public static String keeping_redundancy;
    public static String keeping_soft;
    public static String keeping_title;
    public static String name_checking;
    public static String name_free;
    public static String name_group;
    public static String name_hint;
    public static String name_invalid;
    public static String name_name;
    public static String name_prompt;
    public static String name_region;
    public static String name_subscription;
    public static String name_taken;
    public static String name_title;
    public static String name_unchecked;
    public static String name_where;
    public static String newFile_browse;
    public static String newFile_days;
    public static String newFile_default;
    public static String newFile_file;
    public static String newFile_fileHint;
    public static String newFile_heading;
    public static String newFile_notAbsolute;
    public static String newFile_ok;
    public static String newFile_policy;
    public static String newFile_prompt;
    public static String newFile_tags;
    public static String newFile_tagsHint;
    public static String newFile_title;
    public static String newFile_uses;
    public static String newFile_working;
    public static String quota_none;
    public static String redundancy_geo;
    public static String redundancy_local;
    public static String review_none;
    public static String review_prompt;
    public static String review_property;
    public static String review_title;
    public static String review_value;
    public static String revoke_ok;
    public static String revoke_text;
    public static String revoke_title;
    public static String save_advice;
    public static String save_exists;
    public static String save_failed;
    public static String save_lost;
    public static String save_noFolder;
    public static String softDelete_always;
    public static String softDelete_days;
    public static String softDelete_off;
    public static String vaults_count;
    public static String vaults_countFiltered;
    public static String vaults_create;
    public static String vaults_filter;
    public static String vaults_none;
    public static String vaults_noneText;
    public static String vaults_table;

    static {
        NLS.initializeMessages("org.holdfast.console.vaults.internal.messages", Messages.class);
    }

    private Messages() {
    }
}
