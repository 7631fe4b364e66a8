package org.holdfast.client;

import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * An answer that is read as a stream.
 *
 * @param status 200 to 299
 * @param headers as received
 * @param stream the body; closed by the client afterwards
 */
public record Download(int status, HttpHeaders headers, InputStream stream) {
    /** Length of the body in bytes, -1 when unknown. */
    public long length() {
        return headers.firstValueAsLong("Content-Length").orElse(-1);
    }
}
