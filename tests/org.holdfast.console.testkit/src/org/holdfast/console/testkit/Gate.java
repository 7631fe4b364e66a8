package org.holdfast.console.testkit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.holdfast.api.CancelToken;

/** Holds threads back while it is shut; a thread held for half a minute fails. */
public final class Gate {
    private static final long LIMIT_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean shut;
    private int waiting;

    /** Shuts it. */
    public void shut() {
        set(true);
    }

    /** Opens it for all who wait. */
    public void open() {
        set(false);
    }

    /** Threads held now. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Goes through when it is open, or gives up when the operation is cancelled. */
    public void pass(CancelToken cancel) {
        lock.lock();
        try {
            waiting++;
            long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (shut && !cancel.isCancelled()) {
                long slice = changed.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
                left -= TimeUnit.MILLISECONDS.toNanos(20) - slice;
                if (left <= 0) {
                    throw new IllegalStateException("The gate was never opened.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            waiting--;
            lock.unlock();
        }
        cancel.check();
    }

    private void set(boolean value) {
        lock.lock();
        try {
            shut = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
