package org.holdfast.testkit.store;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a delayed call waits. */
public final class Gate {
    // Longer than any test, so that a forgotten gate ends as a failure and not as a test that hangs.
    private static final long LONGEST_SECONDS = 120;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    Gate() {
    }

    /** Waits until the call stands at the gate; false when it did not come in time. */
    public boolean awaitReached(Duration longest) throws InterruptedException {
        return reached.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets the call go on, now or when it comes. */
    public void open() {
        opened.countDown();
    }

    void pass() throws IOException {
        reached.countDown();
        try {
            if (!opened.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("Nobody opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted at the gate", e);
        }
    }
}
