package org.holdfast.client.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A socket under TLS that talks to the system in large pieces. The platform's TLS sockets write each record of 16 KiB
 * by itself, and read its head and its body one after the other; for a large body that is a call of the system for
 * every 8 KiB, and the other side is woken for every record. Used by one thread at a time; anybody may close it.
 */
final class BatchSocket extends Socket {
    /** Some records of TLS, whose 16 KiB have a head and a tag besides (RFC 8446, section 5.2). */
    private static final int BATCH = 8 * ((16 << 10) + 64);

    private @Nullable InputStream in;
    private @Nullable Held out;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        InputStream made = in;
        if (made == null) {
            made = new BufferedInputStream(super.getInputStream(), BATCH);
            in = made;
        }
        return made;
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        return held();
    }

    private Held held() throws IOException {
        Held made = out;
        if (made == null) {
            made = new Held(super.getOutputStream());
            out = made;
        }
        return made;
    }

    /** From now on a flush does not send; {@link #release} does. */
    synchronized void hold() throws IOException {
        held().holding = true;
    }

    /** Sends what was held back, and from now on whatever is flushed. */
    void release() throws IOException {
        Held stream;
        synchronized (this) {
            stream = held();
        }
        stream.holding = false;
        stream.flush();
    }

    /** Collects what is written and flushed; writes when it is full. */
    private static final class Held extends BufferedOutputStream {
        private volatile boolean holding;

        Held(OutputStream out) {
            super(out, BATCH);
        }

        @Override
        public void flush() throws IOException {
            if (!holding) {
                super.flush();
            }
        }
    }
}
