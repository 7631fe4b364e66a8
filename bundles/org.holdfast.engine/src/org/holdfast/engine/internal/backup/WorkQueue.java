package org.holdfast.engine.internal.backup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Work for the file workers: batches of files, and chunks of large files, which come first because a worker waits for
 * them. Bounded, so the scan never runs far ahead of the reading. For checkpoints everybody can be made to stand still
 * where the state of the work can be told. Thread-safe.
 */
final class WorkQueue {
    /** Chunk of a large file. */
    interface ChunkTask {
        /** Hashes and stores it. */
        void run(FileWorker worker) throws java.io.IOException;
    }

    /** Whoever waits looks up so often at least, to do what must be done now and then. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final int capacity;
    private final ArrayDeque<ChunkTask> chunks = new ArrayDeque<>();
    private final ArrayDeque<List<FileTask>> batches = new ArrayDeque<>();
    /** Workers that have not ended. */
    private int live;
    /** Of these, the ones that have work, and may change the tree. */
    private int running;
    /** Of these, the ones that wait for work. */
    private int idle;
    /** Large files that are being read. */
    private int large;
    private final List<LargeFile> parked = new ArrayList<>();
    private volatile boolean stopping;
    private boolean still;
    private boolean closed;
    private Throwable failure;

    WorkQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds a batch; waits while the queue is full, but not for ever.
     *
     * @param enough ends the waiting early
     * @return whether the batch was added
     */
    synchronized boolean put(List<FileTask> batch, BooleanSupplier enough) {
        if (!await(() -> batches.size() < capacity, enough)) {
            return false;
        }
        batches.addLast(batch);
        notifyAll();
        return true;
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
    synchronized void awaitChange(BooleanSupplier done) {
        await(() -> done.getAsBoolean() || !chunks.isEmpty());
    }

    /** Tells waiting threads to look again. */
    synchronized void changed() {
        notifyAll();
    }

    /** The next piece of work, or null when there will be none. */
    synchronized Object take() {
        running--;
        idle++;
        notifyAll();
        try {
            while (failure == null) {
                Object work = still ? null : next();
                if (work != null) {
                    running++;
                    notifyAll();
                    return work;
                }
                // Whoever is still at a large file will have chunks to share.
                if (closed && !still && running == 0 && large == 0) {
                    notifyAll();
                    break;
                }
                pause();
            }
            return null;
        } finally {
            idle--;
        }
    }

    private Object next() {
        Object chunk = chunks.pollFirst();
        return chunk != null ? chunk : batches.pollFirst();
    }

    /** A worker is about to start. */
    synchronized void join() {
        live++;
        running++;
    }

    /** A worker ends. */
    synchronized void leave() {
        live--;
        notifyAll();
    }

    /**
     * Waits until all workers have ended, but not for ever.
     *
     * @param enough ends the waiting early
     * @return whether they have
     */
    synchronized boolean awaitEnd(BooleanSupplier enough) {
        return await(() -> live == 0, enough);
    }

    /** One more large file is being read, or one less. */
    synchronized void reading(int change) {
        large += change;
    }

    /** Whether any large file is being read. */
    synchronized boolean isReading() {
        return large > 0;
    }

    /**
     * Makes everybody stand still: no worker has anything at work, what was queued is done, and whoever reads a large
     * file has called {@link #park}. Only what these leave no worker for stays queued. {@link #resume} must follow.
     *
     * @return whether everybody stands still; false when that takes longer, then call it again
     */
    synchronized boolean stop() {
        stopping = true;
        notifyAll();
        still = await(() -> running == 0 && chunks.isEmpty() && (batches.isEmpty() || idle == 0), () -> false);
        return still;
    }

    /** Lets everybody go on. */
    synchronized void resume() {
        stopping = false;
        still = false;
        // They are running from now on, not from when they wake up.
        running += parked.size();
        parked.clear();
        notifyAll();
    }

    /** Whether somebody wants everybody to stand still. */
    boolean stopping() {
        return stopping;
    }

    /** Called by whoever reads a large file and has nothing at work: waits until it may go on. */
    synchronized void park(LargeFile file) {
        running--;
        parked.add(file);
        notifyAll();
        while (parked.contains(file) && failure == null) {
            pause();
        }
        check();
    }

    /** The large files whose readers stand still. */
    synchronized List<LargeFile> parked() {
        return List.copyOf(parked);
    }

    /** The files nobody has begun with. */
    synchronized List<FileTask> queued() {
        var all = new ArrayList<FileTask>();
        batches.forEach(all::addAll);
        return all;
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

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            check();
            pause();
        }
        check();
    }

    private boolean await(BooleanSupplier condition, BooleanSupplier enough) {
        long end = System.nanoTime() + LONGEST_WAIT;
        while (!condition.getAsBoolean()) {
            check();
            if (enough.getAsBoolean() || System.nanoTime() - end >= 0) {
                return false;
            }
            pause();
        }
        check();
        return true;
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
