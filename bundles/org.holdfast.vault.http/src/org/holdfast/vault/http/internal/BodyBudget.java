package org.holdfast.vault.http.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.holdfast.vault.Refusal;

/**
 * Memory for the bodies of all requests that are being answered. Each body is bounded, but their number is not: without
 * this, many callers at a time could fill the heap. Who gets no room in time is asked to come again.
 */
final class BodyBudget {
    private static final int TOTAL = 64 << 20;
    private static final int PIECE = 16 << 10;
    private static final long PATIENCE_SECONDS = 10;

    private final Semaphore free = new Semaphore(TOTAL);

    /**
     * Reads a body to its end; its length is taken from the budget until it is given back.
     *
     * @param announced length as announced, -1 when unknown; not trusted
     */
    byte[] read(InputStream in, long announced) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.clamp(announced, 64, PIECE));
        byte[] piece = new byte[(int) Math.clamp(announced, 1024, PIECE)];
        try {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                take(read);
                bytes.write(piece, 0, read);
            }
            return bytes.toByteArray();
        } catch (IOException | RuntimeException e) {
            release(bytes.size());
            throw e;
        }
    }

    /** Gives room back. */
    void release(int bytes) {
        free.release(bytes);
    }

    private void take(int bytes) {
        try {
            if (free.tryAcquire(bytes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refusal(Refusal.Kind.UNAVAILABLE, "too-busy", "The vault has too much to do right now.",
                "Try again in a moment.");
    }
}
