package org.holdfast.store.directory.internal;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reused buffers outside the heap, aligned for I/O that bypasses the page cache. There are at most two for every upload
 * that runs; a few are kept for the next ones as long as some store is open. A vault server has hundreds of stores
 * open, so these share them.
 */
public final class BufferPool {
    /** Bytes of one buffer. */
    static final int SIZE = 1 << 20;
    /** Alignment of buffers, positions and lengths; no file system in use has larger blocks. */
    static final int ALIGNMENT = 1 << 16;

    private static final int KEPT = 4;

    /** One buffer. */
    static final class Pooled {
        private final Arena arena = Arena.ofShared();
        private final ByteBuffer bytes = arena.allocate(SIZE, ALIGNMENT).asByteBuffer();

        ByteBuffer bytes() {
            return bytes;
        }

        void free() {
            arena.close();
        }
    }

    private final Deque<Pooled> free = new ArrayDeque<>();
    private int stores;

    /** A store is open that uses it. */
    void join() {
        synchronized (free) {
            stores++;
        }
    }

    /** A store was closed; the last one gives back all memory. */
    void leave() {
        synchronized (free) {
            if (--stores == 0) {
                free.forEach(Pooled::free);
                free.clear();
            }
        }
    }

    Pooled take() {
        synchronized (free) {
            Pooled buffer = free.pollLast();
            if (buffer != null) {
                buffer.bytes.clear();
                return buffer;
            }
        }
        return new Pooled();
    }

    void give(Pooled buffer) {
        synchronized (free) {
            if (stores > 0 && free.size() < KEPT) {
                free.addLast(buffer);
                return;
            }
        }
        buffer.free();
    }
}
