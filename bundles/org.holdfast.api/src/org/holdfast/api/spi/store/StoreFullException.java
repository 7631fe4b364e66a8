package org.holdfast.api.spi.store;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;

/** The store has no room for more bytes. */
public class StoreFullException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what was full */
    public StoreFullException(String message) {
        super(message);
    }

    /**
     * @param message what was full
     * @param cause what the place itself said
     */
    public StoreFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
