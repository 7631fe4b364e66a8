package org.holdfast.azure;

import java.io.IOException;

/** Entra ID gives this program no token. */
public final class IdentityException extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean none;

    IdentityException(String message, boolean none, Throwable cause) {
        super(message, cause);
        this.none = none;
    }

    /** Whether there is no identity at all, and not one that was refused. */
    public boolean isNone() {
        return none;
    }
}
