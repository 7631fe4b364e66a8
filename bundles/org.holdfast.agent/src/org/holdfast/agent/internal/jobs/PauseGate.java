package org.holdfast.agent.internal.jobs;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.holdfast.api.CancelToken;

/**
 * Where the threads of a job wait while it is paused. They pass it before each directory and each piece of a file they
 * read and before each object they fetch or store, so a pause takes hold as soon as such a call ends. A cancelled job
 * passes: it has to end.
 */
public final class PauseGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CancelToken cancel;
    private volatile boolean paused;

    /** @param cancel lets everybody pass once it is set */
    public PauseGate(CancelToken cancel) {
        this.cancel = cancel;
    }

    /** Closes the gate; false when it was closed. */
    public boolean pause() {
        boolean was = paused;
        paused = true;
        return !was;
    }

    /** Opens the gate; false when it was open. */
    public boolean resume() {
        lock.lock();
        try {
            boolean was = paused;
            paused = false;
            changed.signalAll();
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels the job and wakes whoever waits here. */
    public void cancel() {
        cancel.cancel();
        resume();
    }

    /** Whether it is closed. */
    public boolean isPaused() {
        return paused;
    }

    /** Waits while the gate is closed. */
    public void pass() {
        if (!paused) {
            return;
        }
        lock.lock();
        try {
            while (paused && !cancel.isCancelled()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
