package org.holdfast.store.azure.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Does a request again when the service is busy or away: with growing pauses and some chance in them, never before the
 * time that the service asks for, and not for ever. The SDK's own repetitions are off: it can only repeat what it keeps
 * in memory. Thread-safe.
 */
final class Retry {
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 20_000;

    private final Duration patience;
    private final CountDownLatch closed = new CountDownLatch(1);

    Retry(Duration patience) {
        this.patience = patience;
    }

    /** One try. */
    @FunctionalInterface
    interface Step<T> {
        /** @param before how many tries may have had an effect that nobody was told of */
        T run(int before) throws IOException;
    }

    <T> T run(String name, Step<T> step) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        long pause = FIRST_MILLIS;
        for (int before = 0;; before++) {
            try {
                return step.run(before);
            } catch (IOException | RuntimeException e) {
                long wait = Math.max(Failures.retryAfter(e), pause / 2 + ThreadLocalRandom.current().nextLong(pause));
                boolean last = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait) - end > 0;
                if (last || !Failures.isPassing(e) || isOurs(e)) {
                    throw Failures.of(name, e);
                }
                await(wait);
                pause = Math.min(LONGEST_MILLIS, pause * 2);
            }
        }
    }

    /** What the caller's own code found is not the service's to mend. */
    private static boolean isOurs(Exception e) {
        return e instanceof java.nio.file.FileSystemException || e instanceof TooLargeException;
    }

    private void await(long millis) throws IOException {
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("The store was closed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Waiting for storage was interrupted.");
        }
    }

    /** Ends all waiting. */
    void close() {
        closed.countDown();
    }

    /** An object that is larger than its reader takes. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }
}
