package org.holdfast.engine.internal;

/** Waiting for threads. */
public final class Threads {
    private Threads() {
    }

    /**
     * Waits until a thread has ended, also when the waiting thread is interrupted; that is still marked afterwards.
     *
     * @param onInterrupt told of it meanwhile; should make the thread end soon
     */
    public static void join(Thread thread, Runnable onInterrupt) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                onInterrupt.run();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
