package org.holdfast.store.vault.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

import org.holdfast.api.spi.store.Upload;

/**
 * Objects on their way: a few at a time, and a few that are ready. When both are full, who makes more has to wait, so
 * that the folder stays small. After a failure nothing more is taken: the backup cannot succeed any more. Thread-safe.
 */
final class Transfers implements AutoCloseable {
    private final Semaphore room;
    private final Semaphore lines;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile Throwable failure;

    Transfers(int parallel, int waiting) {
        room = new Semaphore(parallel + waiting, true);
        lines = new Semaphore(parallel, true);
    }

    /** Sends one object. */
    interface Work {
        /** Sends it; false when it was there. */
        boolean send() throws IOException;

        /** Gives back what it holds; called once, whatever happens. */
        void done();
    }

    /** Takes an object; waits for room. */
    Upload.Commit add(Work work) throws IOException {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work.done();
            throw new InterruptedIOException("The upload was interrupted.");
        }
        Throwable before = failure;
        if (closed || before != null) {
            room.release();
            work.done();
            throw new IOException(before == null ? "The store is closed." : before.getMessage(), before);
        }
        var result = new CompletableFuture<Boolean>();
        Thread thread = Thread.ofVirtual().name("holdfast-upload").unstarted(() -> run(work, result));
        running.add(thread);
        thread.start();
        return () -> await(result);
    }

    private void run(Work work, CompletableFuture<Boolean> result) {
        try {
            lines.acquire();
            try {
                Throwable before = failure;
                if (before != null) {
                    throw new IOException(before.getMessage(), before);
                }
                result.complete(work.send());
            } finally {
                lines.release();
            }
        } catch (InterruptedException e) {
            result.completeExceptionally(new InterruptedIOException("The upload was interrupted."));
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            result.completeExceptionally(e);
        } finally {
            work.done();
            room.release();
            running.remove(Thread.currentThread());
        }
    }

    private static boolean await(CompletableFuture<Boolean> result) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The upload was interrupted.");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IOException(e.getCause());
            }
        }
    }

    /** Gives up what is on its way; whoever needed it has waited for it before. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : running) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
