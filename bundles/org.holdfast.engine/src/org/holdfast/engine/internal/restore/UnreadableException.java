package org.holdfast.engine.internal.restore;

import java.io.IOException;

/** Content of the recovery point that cannot be read: damaged or missing. Concerns one entry, never the whole job. */
final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for a person */
    UnreadableException(String message) {
        super(message);
    }

    private UnreadableException(String message, Exception cause) {
        super(message, cause);
    }

    /** From what reading an object of the vault threw. */
    static UnreadableException of(Exception cause) {
        if (cause instanceof UnreadableException e) {
            return e;
        }
        return new UnreadableException(cause instanceof java.nio.file.NoSuchFileException
                ? "An object of the vault is missing: " + cause.getMessage() + "."
                : String.valueOf(cause.getMessage()), cause);
    }
}
