package org.holdfast.cli.internal.output;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An output that outlives its reader: after the first failure everything more is dropped, so that a backup does not
 * stop because somebody's {@code head} did. Listings ask {@link #failure()} and end early. Thread-safe.
 */
public final class PipeStream extends OutputStream {
    private final OutputStream out;
    private volatile IOException failure;

    /** Writes through, unbuffered. */
    public PipeStream(OutputStream out) {
        this.out = out;
    }

    /** Why output is being dropped, or null while all is well. */
    public IOException failure() {
        return failure;
    }

    /** Whether the reader closed its end, which is its right and no error. */
    public boolean closedByReader() {
        var cause = failure;
        if (cause == null) {
            return false;
        }
        // POSIX systems, then Windows: "The pipe is being closed", "The pipe has been ended".
        var text = String.valueOf(cause.getMessage());
        return text.contains("roken pipe") || text.contains("EPIPE") || text.contains("pipe is being closed")
                || text.contains("pipe has been ended");
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] { (byte) b }, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (failure == null) {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    @Override
    public synchronized void flush() {
        if (failure == null) {
            try {
                out.flush();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    /** Does not close what is below: the standard streams belong to the process. */
    @Override
    public void close() {
        flush();
    }
}
