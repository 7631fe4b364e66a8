package org.holdfast.api.fleet;

/** What an alert is about. */
public enum AlertKind {
    /** A server has no good backup as new as its policy asks for. */
    BACKUP_MISSED,
    /** A job failed. */
    JOB_FAILED,
    /** A backup ended with more warnings than its policy bears. */
    JOB_WARNINGS,
    /** A backup is unlike the ones before it: many changed or deleted files, or much more random data. */
    ANOMALY,
    /** A server has not been heard of. */
    SERVER_LOST,
    /** A certificate ends soon. */
    CERTIFICATE_EXPIRING,
    /** A file of vault credentials ends soon. */
    CREDENTIALS_EXPIRING,
    /** The vault's store has little room left. */
    VAULT_FULL,
    /** An agent is older than the vault's. */
    AGENT_OUTDATED,
    /** A server does not follow its policy. */
    POLICY_DRIFT,
    /** Something stored is damaged or missing. */
    DAMAGE,
    /** Two machines call with the identity of one server. */
    IDENTITY_SHARED,
    /** A target does not take notifications. */
    NOTIFICATION_FAILED,
    /** The vault's clock cannot be trusted, so nothing is deleted. */
    VAULT_CLOCK,
    /** Somebody asks for something critical that another person has to approve. */
    APPROVAL_WAITING,
    /** A vault node has not been heard of. */
    NODE_LOST,
    /** Packs have not been read again in the time that they should be. */
    SCRUB_LATE,
    /** A restore drill found something that does not come back as it was stored. */
    DRILL_FAILED,
    /** A server has not proved for too long that its points can be restored. */
    DRILL_OVERDUE
}
