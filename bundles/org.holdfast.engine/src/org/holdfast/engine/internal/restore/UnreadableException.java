package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

import org.eclipse.jdt.annotation.Nullable;

/** Content of the recovery point that cannot be read: damaged or missing. Concerns one entry, never the whole job. */
final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for a person */
    UnreadableException(String message) {
        this(message, null);
    }

    private UnreadableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** From what reading an object of the vault threw. */
    static UnreadableException of(Exception cause) {
        if (cause instanceof UnreadableException e) {
            return e;
        }
        return new UnreadableException(cause instanceof NoSuchFileException
                ? "The object " + cause.getMessage() + " is missing from the vault."
                : String.valueOf(cause.getMessage()), cause);
    }
}
