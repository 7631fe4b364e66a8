package org.holdfast.azure.internal.arm;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.azure.AzureWatch;

/** Waits, and ends early when nobody wants the result any more. */
final class Pause {
    private static final long LOOK_MILLIS = 200;

    private Pause() {
    }

    static void of(AzureWatch watch, String reason, Duration time) {
        watch.waits(reason, time);
        long end = System.nanoTime() + time.toNanos();
        var never = new CountDownLatch(1);
        try {
            for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
                watch.cancel().check();
                never.await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(Problem.CANCELLED, "Waiting for Azure was interrupted.", "", e);
        }
        watch.cancel().check();
    }
}
