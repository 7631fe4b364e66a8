package org.holdfast.protocol.agent;

import java.util.Locale;

/** What a command wants of an agent. */
public enum CommandKind {
    /** Make a recovery point: {@link Command#backup()}. */
    BACKUP,
    /** Restore: {@link Command#restore()}. */
    RESTORE,
    /** Read data back and check it, as the job {@link Command#job()}. */
    VERIFY,
    /** Check the surroundings, as the job {@link Command#job()}. */
    CHECK,
    /** Restore a sample, compare and delete it: {@link Command#drill()}. */
    DRILL,
    /** End the job {@link Command#job()} as cancelled. */
    CANCEL,
    /** Stop the job {@link Command#job()} for now. */
    PAUSE,
    /** Go on with the job {@link Command#job()}. */
    RESUME,
    /** Answer a sealed question: {@link Command#ask()}. */
    ASK,
    /** Ask for a new certificate at once. */
    RENEW_CERTIFICATE,
    /** Something that this version does not know; acknowledge and forget it. */
    UNKNOWN;

    /** The kind as it is on the wire: lower case with hyphens. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a name on the wire, {@link #UNKNOWN} when there is none. */
    public static CommandKind of(String wire) {
        for (CommandKind kind : values()) {
            if (kind.wire().equals(wire)) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
