package org.holdfast.api.fleet;

/** What a job does. */
public enum JobKind {
    /** Makes a recovery point. */
    BACKUP,
    /** Writes files of a recovery point to a server. */
    RESTORE,
    /** Reads data back and checks it. */
    VERIFY,
    /** Applies retention. */
    RETAIN,
    /** Brings in a vault that was filled elsewhere. */
    IMPORT,
    /** Runs the agent's check of its surroundings. */
    CHECK,
    /** Restores a sample into a scratch folder, compares it and deletes it. */
    DRILL
}
