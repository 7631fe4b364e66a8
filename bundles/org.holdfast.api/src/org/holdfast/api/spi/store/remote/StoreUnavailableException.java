package org.holdfast.api.spi.store.remote;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;

/** The store is away or busy, and was for longer than it makes sense to wait here; later the same may work. */
public class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what it said last
     * @param cause the last failure
     */
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
