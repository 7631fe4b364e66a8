package org.holdfast.api.azure;

import java.time.Instant;

/**
 * A credentials file for Microsoft's agent. The content holds a private key.
 *
 * @param fileName as Microsoft's portal would call it
 * @param content XML
 * @param expires when it stops counting
 */
public record RecoveryCredentials(String fileName, byte[] content, Instant expires) {
    @Override
    public String toString() {
        return fileName;
    }
}
