package org.holdfast.engine.internal.backup;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Work for the file workers: batches of files, and chunks of large files, which come first because a worker waits for
 * them. Bounded, so the scan never runs far ahead of the reading. Thread-safe.
 */
final class WorkQueue {
    /** Chunk of a large file. */
    interface ChunkTask {
        /** Hashes and stores it. */
        void run(FileWorker worker) throws java.io.IOException;
    }

    private final int capacity;
    private final ArrayDeque<ChunkTask> chunks = new ArrayDeque<>();
    private final ArrayDeque<List<FileTask>> batches = new ArrayDeque<>();
    private int running;
    private boolean closed;
    private Throwable failure;

    WorkQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a batch; waits while the queue is full. */
    synchronized void put(List<FileTask> batch) {
        await(() -> batches.size() < capacity);
        batches.addLast(batch);
        notifyAll();
    }

    /** Adds a chunk, unless enough are waiting. */
    synchronized boolean offer(ChunkTask chunk, int limit) {
        check();
        if (chunks.size() >= limit) {
            return false;
        }
        chunks.addLast(chunk);
        notifyAll();
        return true;
    }

    /** A chunk to help with, or null. */
    synchronized ChunkTask pollChunk() {
        check();
        return chunks.pollFirst();
    }

    /** Waits until something happens: a chunk was finished or added, or the work failed. */
    synchronized void awaitChange(java.util.function.BooleanSupplier done) {
        await(() -> done.getAsBoolean() || !chunks.isEmpty());
    }

    /** Tells waiting threads to look again. */
    synchronized void changed() {
        notifyAll();
    }

    /** The next piece of work, or null when there will be none. */
    synchronized Object take() {
        running--;
        notifyAll();
        while (true) {
            if (failure != null) {
                return null;
            }
            ChunkTask chunk = chunks.pollFirst();
            if (chunk != null) {
                running++;
                return chunk;
            }
            List<FileTask> batch = batches.pollFirst();
            if (batch != null) {
                running++;
                notifyAll();
                return batch;
            }
            // Whoever is still at a large file will have chunks to share.
            if (closed && running == 0) {
                notifyAll();
                return null;
            }
            pause();
        }
    }

    /** A worker is about to call {@link #take()} for the first time. */
    synchronized void join() {
        running++;
    }

    /** Waits until nothing is queued and nobody works. */
    synchronized void drain() {
        await(() -> batches.isEmpty() && chunks.isEmpty() && running == 0);
    }

    /** No more work will come. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Something failed: everybody stops. */
    synchronized void fail(Throwable t) {
        if (failure == null) {
            failure = t;
        }
        notifyAll();
    }

    /** The first failure, or null. */
    synchronized Throwable failure() {
        return failure;
    }

    private void await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            check();
            pause();
        }
        check();
    }

    private void check() {
        if (failure != null) {
            throw new Aborted();
        }
    }

    private void pause() {
        try {
            wait(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /** Thrown to everybody who waits when the work failed elsewhere. */
    static final class Aborted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Aborted() {
            super(null, null, false, false);
        }
    }
}
