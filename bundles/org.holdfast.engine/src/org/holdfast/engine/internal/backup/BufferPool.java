package org.holdfast.engine.internal.backup;

import java.util.ArrayDeque;

/** A fixed number of read buffers, made when first needed. Thread-safe. */
final class BufferPool {
    private final int limit;
    private final Runnable onGive;
    private final ArrayDeque<LargeFile.ReadBuffer> free = new ArrayDeque<>();
    private int made;

    /** @param onGive called when a buffer came back */
    BufferPool(int limit, Runnable onGive) {
        this.limit = limit;
        this.onGive = onGive;
    }

    /** A buffer, or null when all are in use. */
    synchronized LargeFile.ReadBuffer poll() {
        LargeFile.ReadBuffer buffer = free.pollFirst();
        if (buffer == null && made < limit) {
            made++;
            buffer = new LargeFile.ReadBuffer(this);
        }
        return buffer;
    }

    synchronized boolean available() {
        return !free.isEmpty() || made < limit;
    }

    void give(LargeFile.ReadBuffer buffer) {
        synchronized (this) {
            free.addFirst(buffer);
        }
        onGive.run();
    }
}
