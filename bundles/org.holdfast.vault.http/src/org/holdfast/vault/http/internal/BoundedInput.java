package org.holdfast.vault.http.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

import org.holdfast.vault.Refusal;

/**
 * The body of a request with an end: it refuses bodies that are longer than allowed, and those that trickle. A sender
 * must deliver {@value #LEAST_PER_SECOND} bytes a second on average after a time of grace; who sends nothing at all is
 * cut off by the idle time-out of the connection before.
 */
final class BoundedInput extends FilterInputStream {
    private static final long GRACE = TimeUnit.SECONDS.toNanos(20);
    private static final long LEAST_PER_SECOND = 512;

    private final long most;
    private final long began = System.nanoTime();
    private long count;

    BoundedInput(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    /** How many bytes have been read. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read > 0) {
            count += read;
            if (count > most) {
                throw tooLarge(most);
            }
            long over = System.nanoTime() - began - GRACE;
            if (over > 0 && count < over / 1_000_000_000.0 * LEAST_PER_SECOND) {
                throw new Refusal(Refusal.Kind.TIMEOUT, "request-too-slow", "The body came too slowly.", "");
            }
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        return read(new byte[(int) Math.clamp(wanted, 0, 8192)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    static Refusal tooLarge(long most) {
        return new Refusal(Refusal.Kind.TOO_LARGE, "body-too-large",
                "The body is longer than the " + most + " bytes allowed here.", "");
    }
}
