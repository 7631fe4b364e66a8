package org.holdfast.client.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A body that may not stand still for ever: a connection whose other end has vanished without a word gives neither
 * bytes nor an error. Closes the stream underneath after a pause that is too long; the reader gets an error then.
 */
final class GuardedStream extends FilterInputStream {
    private final long limitNanos;
    private final ScheduledFuture<?> watch;
    private volatile long waitingSince = -1;
    private volatile boolean stalled;

    GuardedStream(InputStream in, long limitMillis, ScheduledExecutorService timer) {
        super(in);
        limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
        long tick = Math.max(20, Math.min(1000, limitMillis / 4));
        watch = timer.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long since = waitingSince;
        if (since != -1 && System.nanoTime() - since > limitNanos) {
            stalled = true;
            try {
                in.close();
            } catch (IOException e) {
                // The reader is told that it took too long, which is the cause of this one, too.
                watch.cancel(false);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long now = System.nanoTime();
        waitingSince = now == -1 ? 0 : now;
        try {
            int n = in.read(into, offset, length);
            if (n < 0 && stalled) {
                throw stalled(null);
            }
            return n;
        } catch (IOException e) {
            throw stalled ? stalled(e) : e;
        } finally {
            waitingSince = -1;
        }
    }

    private static IOException stalled(IOException cause) {
        return new IOException("The vault stopped in the middle of its answer.", cause);
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }
}
