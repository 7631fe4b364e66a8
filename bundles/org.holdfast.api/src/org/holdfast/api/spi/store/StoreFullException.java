package org.holdfast.api.spi.store;

import java.io.IOException;

/** The store has no room for more bytes. */
public class StoreFullException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what was full */
    public StoreFullException(String message) {
        super(message);
    }
}
