package org.holdfast.api.azure;

import java.time.Instant;

/**
 * A PIN for a critical operation.
 *
 * @param pin what is typed at the server
 * @param expires when it stops counting
 */
public record SecurityPin(String pin, Instant expires) {
    @Override
    public String toString() {
        return "a PIN until " + expires;
    }
}
