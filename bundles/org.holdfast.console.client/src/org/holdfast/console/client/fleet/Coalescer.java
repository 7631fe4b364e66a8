package org.holdfast.console.client.fleet;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Turns many calls into few: after the first one it waits a moment for more, then acts once. */
final class Coalescer {
    /** Two updates of the screen in a second are enough. */
    private static final long MILLIS = 300;

    private final ScheduledExecutorService timer;
    private final long millis;
    private final Runnable action;
    private final AtomicBoolean pending = new AtomicBoolean();

    Coalescer(ScheduledExecutorService timer, Runnable action) {
        this(timer, MILLIS, action);
    }

    /** @param millis how long it waits for more */
    Coalescer(ScheduledExecutorService timer, long millis, Runnable action) {
        this.timer = timer;
        this.millis = millis;
        this.action = action;
    }

    /** Acts soon. */
    void soon() {
        if (pending.compareAndSet(false, true)) {
            try {
                timer.schedule(this::act, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The console is going down.
            }
        }
    }

    /** Acts right now, for what a person waits for. */
    void now() {
        try {
            timer.execute(this::act);
        } catch (RejectedExecutionException e) {
            // The console is going down.
        }
    }

    private void act() {
        pending.set(false);
        action.run();
    }
}
