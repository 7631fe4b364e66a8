package org.holdfast.console.client.local;

import org.eclipse.jdt.annotation.Nullable;

/** Why there is no vault server on this computer. */
public final class LocalVaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What happened. */
    public enum Reason {
        /** The program was not found. */
        NO_PROGRAM,
        /** The program ended, or said nothing for too long; the details are what it wrote. */
        DID_NOT_START,
        /** It runs, but the administrator's password that was kept does not count; the details are its address. */
        SIGN_IN_REFUSED,
        /** Its process goes on although it was asked to end. */
        DID_NOT_STOP,
        /** The person has changed her mind. */
        CANCELLED,
        /** A file could not be read or written; the details say which. */
        FILES
    }

    private final Reason reason;
    private final String details;

    LocalVaultException(Reason reason, String details, @Nullable Throwable cause) {
        super(reason + (details.isEmpty() ? "" : ": " + details), cause);
        this.reason = reason;
        this.details = details;
    }

    /** What happened. */
    public Reason reason() {
        return reason;
    }

    /** More about it, perhaps empty; never a secret. */
    public String details() {
        return details;
    }
}
