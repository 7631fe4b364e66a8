package org.holdfast.api.fleet;

/** Why a job was started. */
public enum JobTrigger {
    /** A person or program asked the vault. */
    REQUEST,
    /** A person asked the agent on the server itself. */
    LOCAL,
    /** The policy's schedule. */
    SCHEDULE,
    /** A scheduled run that was missed. */
    CATCH_UP,
    /** An interrupted job goes on. */
    RESUME
}
