package org.holdfast.console.tests;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
final class Until {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

    private Until() {
    }

    /** Fails when the condition does not hold in time. */
    static void that(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT;
        var never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not in time: " + what);
            }
            try {
                never.await(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
