package org.holdfast.engine.internal.backup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.holdfast.api.CancelToken;
import org.holdfast.api.spi.source.NameTable;

/**
 * Slices on their way from the walker to the tree builder, and back to be used again. Bounded; made for one thread that
 * puts and one that takes.
 */
final class ScanQueue {
    /** Slices are handed over in batches of about so many entries: handing over each wakes a thread each time. */
    private static final int BATCH = 2000;
    /** Batches, at about 300 KB each, that may wait while nobody takes any because keys are being derived. */
    private static final int MAX_WAITING = 64;
    /** Batches that may wait afterwards. */
    private static final int MAX_AHEAD = 8;

    private final CancelToken cancel;
    private final ArrayDeque<List<Scan>> queue = new ArrayDeque<>();
    private int limit = MAX_WAITING;
    private boolean wanted;
    private boolean stopped;
    private boolean ended;
    private Throwable failure;
    /** The walker's: what it gathers for the next batch. */
    private List<Scan> filling = new ArrayList<>();
    private int fillingCost;
    /** The tree builder's: the batch it is in. */
    private final ArrayDeque<Scan> taken = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Scan> freeScans = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<NameTable> freeNames = new ConcurrentLinkedQueue<>();

    ScanQueue(CancelToken cancel) {
        this.cancel = cancel;
    }

    /** Ends the walker's work when nobody takes slices any more. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super(null, null, false, false);
        }
    }

    /** Hands a slice over; waits while too many are waiting. */
    void put(Scan scan) {
        filling.add(scan);
        fillingCost += scan.to - scan.from + 8;
        if (fillingCost >= BATCH || fillingCost >= BATCH / 8 && isWanted()) {
            handOver();
        }
    }

    private synchronized boolean isWanted() {
        return wanted;
    }

    private synchronized void handOver() {
        while (queue.size() >= limit && !stopped) {
            if (cancel.isCancelled()) {
                throw new Stopped();
            }
            pause();
        }
        if (stopped) {
            // What is put here now would never be released.
            throw new Stopped();
        }
        if (!filling.isEmpty()) {
            queue.addLast(filling);
            filling = new ArrayList<>();
            fillingCost = 0;
            notifyAll();
        }
    }

    private void pause() {
        try {
            wait(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel.cancel();
        }
    }

    /** The walk has come to its end. */
    void end() {
        handOver();
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    /** The walk cannot go on. */
    void abort(Throwable reason) {
        filling.forEach(this::release);
        filling = new ArrayList<>();
        synchronized (this) {
            failure = reason;
            ended = true;
            notifyAll();
        }
    }

    /** Whether the walk has come to an end, good or bad. */
    synchronized boolean ended() {
        return ended;
    }

    /** From now on slices are taken as they come, so the walk need not be far ahead. */
    synchronized void shrink() {
        limit = MAX_AHEAD;
    }

    /**
     * The next slice; waits for it.
     *
     * @param waiting called now and then meanwhile
     */
    Scan take(Runnable waiting) {
        Scan scan = taken.pollFirst();
        while (scan == null) {
            cancel.check();
            List<Scan> batch = takeBatch();
            if (batch.isEmpty()) {
                waiting.run();
            }
            taken.addAll(batch);
            scan = taken.pollFirst();
        }
        return scan;
    }

    private synchronized List<Scan> takeBatch() {
        List<Scan> batch = queue.pollFirst();
        if (batch == null && ended) {
            switch (failure) {
                case null -> throw new IllegalStateException("The walk ended before the tree did");
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
        if (batch == null) {
            wanted = true;
            pause();
            return List.of();
        }
        wanted = false;
        notifyAll();
        return batch;
    }

    /** Gives a slice back for reuse. */
    void release(Scan scan) {
        if (scan.directory != null) {
            scan.directory.close();
        }
        if (scan.last) {
            scan.names.clear();
            freeNames.add(scan.names);
        }
        scan.directory = null;
        scan.failure = null;
        scan.names = null;
        scan.excluded.clear();
        scan.descend.clear();
        if (freeScans.size() < 16 && scan.stats.mode.length <= 1024) {
            freeScans.add(scan);
        }
    }

    /** Ends the walk early. */
    void stop() {
        List<Scan> left = new ArrayList<>(taken);
        taken.clear();
        synchronized (this) {
            stopped = true;
            queue.forEach(left::addAll);
            queue.clear();
            notifyAll();
        }
        left.forEach(this::release);
    }

    /** A slice to fill. */
    Scan scan() {
        Scan scan = freeScans.poll();
        return scan == null ? new Scan() : scan;
    }

    /** Names to fill. */
    NameTable names() {
        NameTable names = freeNames.poll();
        return names == null ? new NameTable() : names;
    }
}
