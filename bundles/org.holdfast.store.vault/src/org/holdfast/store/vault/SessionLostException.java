package org.holdfast.store.vault;

import java.io.IOException;

/** The vault takes nothing more in this session: another run of the agent has taken over. */
public final class SessionLostException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what the vault said
     * @param cause the answer
     */
    public SessionLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
