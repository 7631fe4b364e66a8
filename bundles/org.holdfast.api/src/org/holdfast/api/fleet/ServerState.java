package org.holdfast.api.fleet;

/** How a protected server stands; derived by the vault, never set. */
public enum ServerState {
    /** Has credentials but has not stored its passphrase yet. */
    REGISTERING,
    /** Has a good backup that is as new as its policy asks for. */
    PROTECTED,
    /** Has a good backup, but an older one than its policy asks for, or its last backup went wrong. */
    AT_RISK,
    /** Never had a good backup, or nothing says what to protect. */
    UNPROTECTED,
    /** Has not been heard of for three minutes or more. */
    LOST,
    /** Given up: keeps its points and may not connect. */
    RETIRED
}
