package org.holdfast.store.vault.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

import org.holdfast.store.vault.Pace;

/** A stream that is read at a rate, in small pieces. */
final class PacedStream extends FilterInputStream {
    private static final int PIECE = 64 << 10;

    private final Pace pace;

    PacedStream(InputStream in, Pace pace) {
        super(in);
        this.pace = pace;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = in.read(into, offset, Math.min(length, PIECE));
        if (n > 0) {
            try {
                pace.acquire(n);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The transfer was interrupted.");
            }
        }
        return n;
    }
}
