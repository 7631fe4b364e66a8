package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Between the walker and the workers: a few batches of files, and the large files that all workers write together.
 * Ranges of large files go first, so that few of them are open at a time. Thread-safe.
 */
final class WorkQueue {
    private final int capacity;
    private final Deque<Work> batches = new ArrayDeque<>();
    private final List<LargeFile> large = new ArrayList<>();
    private boolean closed;
    private @Nullable Throwable failure;

    /** Something for a worker. */
    interface Work {
        /** Does it. */
        void run(Worker worker) throws IOException;
    }

    /** @param capacity most batches to hold */
    WorkQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a batch, waiting for room; false when the job has failed and nothing more is wanted. */
    synchronized boolean put(Work batch) {
        while (batches.size() >= capacity && failure == null) {
            await();
        }
        if (failure != null) {
            return false;
        }
        batches.add(batch);
        notifyAll();
        return true;
    }

    /** No more batches come. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Adds a file whose ranges are to be written. */
    synchronized void add(LargeFile file) {
        large.add(file);
        notifyAll();
    }

    /** A large file has more to do, or is done. */
    synchronized void changed() {
        notifyAll();
    }

    /** The next thing to do, or null when there is nothing more or the job has failed. */
    synchronized @Nullable Work take() {
        while (failure == null) {
            for (int i = 0; i < large.size(); i++) {
                LargeFile file = large.get(i);
                Work range = file.poll();
                if (range != null) {
                    return range;
                }
                if (file.exhausted()) {
                    large.remove(i--);
                }
            }
            Work batch = batches.poll();
            if (batch != null) {
                notifyAll();
                return batch;
            }
            if (closed && large.isEmpty()) {
                return null;
            }
            await();
        }
        return null;
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /** Stops the job; the first failure counts. */
    synchronized void fail(Throwable t) {
        if (failure == null) {
            failure = t;
        }
        notifyAll();
    }

    /** Why the job failed, or null. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Large files that are not done; after the workers have ended. */
    synchronized List<LargeFile> unfinished() {
        return List.copyOf(large);
    }
}
