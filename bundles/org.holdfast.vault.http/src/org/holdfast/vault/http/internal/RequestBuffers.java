package org.holdfast.vault.http.internal;

import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * Small buffers for connections whose requests are small. A connection keeps the buffer of its request until the
 * answer, so each of ten thousand agents that wait in a poll has one; a TLS connection would have taken 20 KiB for it.
 * Those that send objects get a buffer that takes a whole TLS record, which saves copying it.
 */
final class RequestBuffers implements Connection.Listener {
    private static final int SMALL = 4 << 10;
    /** More than a TLS record holds, which is 16 KiB (RFC 8446, section 5.1). */
    private static final int LARGE = 20 << 10;

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) {
            resize(connection, SMALL);
        }
    }

    /** A request has arrived; what follows its head comes in buffers of a fitting size. */
    void arrived(Request request) {
        resize(request.getConnectionMetaData().getConnection(), request.getLength() > LARGE ? LARGE : SMALL);
    }

    private static void resize(Connection connection, int size) {
        if (connection instanceof AbstractConnection resizable && resizable.getInputBufferSize() != size) {
            resizable.setInputBufferSize(size);
        }
    }
}
