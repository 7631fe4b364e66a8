package org.holdfast.api.fleet;

/** Why a server follows its policy, the strongest first. */
public enum PolicyOrigin {
    /** Assigned to the server itself. */
    SERVER,
    /** Assigned to one of its tags. */
    TAG,
    /** The default of its vault. */
    DEFAULT,
    /** Nothing is assigned. */
    NONE
}
