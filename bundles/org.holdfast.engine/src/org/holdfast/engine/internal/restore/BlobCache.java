package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.format.FormatException;

/**
 * Decoded blobs shared by all workers: neighbouring files share blobs, and neighbouring batches go to different
 * workers, so each would decode them again. Who asks first decodes, others wait for it. Buffers are used again and
 * again; a blob that somebody works with is never taken away, so the budget may be exceeded by one blob a worker.
 */
final class BlobCache {
    private static final int SMALLEST = 64 * 1024;

    private final long budget;
    private final Map<Integer, Blob> blobs = new LinkedHashMap<>(64, 0.75f, true);
    private final List<byte[]> free = new ArrayList<>();
    private long held;

    /** A decoded blob in use. */
    static final class Blob {
        private final int number;
        private final byte[] raw;
        private int users = 1;
        private boolean loaded;
        private @Nullable UnreadableException failure;

        private Blob(int number, byte[] raw) {
            this.number = number;
            this.raw = raw;
        }

        /** Number of the blob in the index. */
        int number() {
            return number;
        }

        /** The bytes, perhaps with something else behind them. */
        byte[] raw() {
            return raw;
        }
    }

    /** Decodes blobs. */
    @FunctionalInterface
    interface Decoder {
        /** Puts the raw bytes of a blob at the beginning of an array. */
        void decode(int number, byte[] into) throws IOException;
    }

    /** @param budget bytes of buffers to keep */
    BlobCache(long budget) {
        this.budget = budget;
    }

    /**
     * A decoded blob; every call needs its {@link #release}.
     *
     * @param length raw length
     * @param decoder decodes it when nobody has yet
     */
    Blob acquire(int number, int length, Decoder decoder) throws UnreadableException {
        Blob blob;
        synchronized (this) {
            blob = blobs.get(number);
            if (blob != null) {
                blob.users++;
                awaitLoaded(blob);
                if (blob.failure != null) {
                    blob.users--;
                    throw blob.failure;
                }
                return blob;
            }
            blob = new Blob(number, buffer(length));
            blobs.put(number, blob);
        }
        UnreadableException failure = new UnreadableException("The blob could not be decoded.");
        try {
            decoder.decode(number, blob.raw);
            failure = null;
            return blob;
        } catch (FormatException | IOException e) {
            failure = UnreadableException.of(e);
            throw failure;
        } finally {
            synchronized (this) {
                blob.loaded = true;
                blob.failure = failure;
                blob.users -= failure == null ? 0 : 1;
                notifyAll();
            }
        }
    }

    private void awaitLoaded(Blob blob) {
        boolean interrupted = false;
        while (!blob.loaded) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] buffer(int length) {
        int size = Math.max(SMALLEST, length <= 1 << 30 ? Integer.highestOneBit(Math.max(1, length - 1)) << 1 : length);
        Iterator<Blob> eldest = blobs.values().iterator();
        while (held + size > budget && eldest.hasNext()) {
            Blob blob = eldest.next();
            if (blob.users == 0 && blob.loaded) {
                eldest.remove();
                free.add(blob.raw);
            }
            if (reusable(size) >= 0) {
                break;
            }
            drop(size);
        }
        int found = reusable(size);
        if (found >= 0) {
            return free.remove(found);
        }
        held += size;
        return new byte[size];
    }

    private int reusable(int size) {
        for (int i = free.size() - 1; i >= 0; i--) {
            if (free.get(i).length == size) {
                return i;
            }
        }
        return -1;
    }

    /** Gives free buffers of other sizes back until there is room. */
    private void drop(int size) {
        while (held + size > budget && !free.isEmpty()) {
            held -= free.removeLast().length;
        }
    }

    /** Says that a blob is not needed by this user any more. */
    synchronized void release(Blob blob) {
        blob.users--;
    }

    /** Bytes of buffers, used or not. */
    synchronized long held() {
        return held;
    }
}
