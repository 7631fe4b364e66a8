package org.holdfast.console.ui;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;

/** What alerts are about, in the words of the person's language. */
public final class AlertNames {
    private AlertNames() {
    }

    /** How bad it is. */
    public static String severity(Severity severity) {
        return switch (severity) {
            case INFO -> Messages.severity_info;
            case WARNING -> Messages.severity_warning;
            case CRITICAL -> Messages.severity_critical;
        };
    }

    /** What it is about. */
    public static String kind(AlertKind kind) {
        return switch (kind) {
            case BACKUP_MISSED -> Messages.cause_backupMissed;
            case JOB_FAILED -> Messages.cause_jobFailed;
            case JOB_WARNINGS -> Messages.cause_jobWarnings;
            case ANOMALY -> Messages.cause_anomaly;
            case SERVER_LOST -> Messages.cause_serverLost;
            case CERTIFICATE_EXPIRING -> Messages.cause_certificate;
            case CREDENTIALS_EXPIRING -> Messages.cause_credentials;
            case VAULT_FULL -> Messages.cause_vaultFull;
            case AGENT_OUTDATED -> Messages.cause_agentOutdated;
            case POLICY_DRIFT -> Messages.cause_policyDrift;
            case DAMAGE -> Messages.cause_damage;
            case IDENTITY_SHARED -> Messages.cause_identityShared;
            case NOTIFICATION_FAILED -> Messages.cause_notification;
            case VAULT_CLOCK -> Messages.cause_clock;
            case APPROVAL_WAITING -> Messages.cause_approval;
            case NODE_LOST -> Messages.cause_nodeLost;
            case SCRUB_LATE -> Messages.cause_scrubLate;
            case DRILL_FAILED -> Messages.cause_drillFailed;
            case DRILL_OVERDUE -> Messages.cause_drillOverdue;
        };
    }
}
