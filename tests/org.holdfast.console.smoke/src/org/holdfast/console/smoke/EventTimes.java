package org.holdfast.console.smoke;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;

/**
 * How long the thread of the windows is busy at a stretch: with one event and what it calls, or between two events,
 * where the toolkit paints. Time on the wall, because that is what a person waits for, and processor time beside it,
 * which other programs of a busy machine have no part in. All of it, but for
 * {@link #after}, is called on that thread.
 */
final class EventTimes {
    /** Longer than a frame of a usual screen: a person may see it. */
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(16);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Display display;
    private long[] taken = new long[1 << 14];
    private long[] used = new long[taken.length];
    private int count;
    private long lastUsed;
    private long last = System.nanoTime();
    private int depth;
    private BooleanSupplier awaited;
    private CompletableFuture<Long> met;
    private long began;

    /**
     * What it was busy with.
     *
     * @param longest nanoseconds
     * @param longestCpu nanoseconds of processor time, perhaps of another event
     * @param sum nanoseconds
     * @param sumCpu nanoseconds of processor time
     * @param overFrame how many took longer than a frame
     * @param overFrameCpu how many took more processor time than that
     */
    record Busy(long longest, long longestCpu, long sum, long sumCpu, int overFrame, int overFrameCpu) {
    }

    EventTimes(Display display) {
        this.display = display;
        display.addListener(SWT.PreEvent, e -> {
            if (depth++ == 0) {
                boundary();
            }
        });
        display.addListener(SWT.PostEvent, e -> {
            depth = Math.max(0, depth - 1);
            if (depth == 0) {
                boundary();
            }
            look();
        });
        display.addListener(SWT.Sleep, e -> boundary());
        display.addListener(SWT.Wakeup, e -> {
            last = System.nanoTime();
            lastUsed = THREADS.getCurrentThreadCpuTime();
        });
    }

    private void boundary() {
        long now = System.nanoTime();
        if (count == taken.length) {
            taken = Arrays.copyOf(taken, 2 * count);
            used = Arrays.copyOf(used, 2 * count);
        }
        long cpu = THREADS.getCurrentThreadCpuTime();
        taken[count] = now - last;
        used[count++] = cpu - lastUsed;
        last = now;
        lastUsed = cpu;
    }

    private void look() {
        CompletableFuture<Long> waiting = met;
        if (waiting == null) {
            return;
        }
        try {
            if (awaited.getAsBoolean()) {
                met = null;
                waiting.complete(System.nanoTime() - began);
            }
        } catch (RuntimeException e) {
            met = null;
            waiting.completeExceptionally(e);
        }
    }

    /** Forgets what was. */
    void clear() {
        count = 0;
    }

    /** What was since. */
    Busy busy() {
        long longest = 0;
        long longestCpu = 0;
        long sum = 0;
        long sumCpu = 0;
        int over = 0;
        int overCpu = 0;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, taken[i]);
            longestCpu = Math.max(longestCpu, used[i]);
            sum += taken[i];
            sumCpu += used[i];
            over += taken[i] > FRAME ? 1 : 0;
            overCpu += used[i] > FRAME ? 1 : 0;
        }
        return new Busy(longest, longestCpu, sum, sumCpu, over, overCpu);
    }

    /**
     * Does something on the thread of the windows, and takes the time until something holds after an event. Called from
     * another thread.
     *
     * @param condition cheap: it is looked at after each event
     * @return nanoseconds
     */
    long after(Runnable action, BooleanSupplier condition, int seconds) {
        var future = new CompletableFuture<Long>();
        display.asyncExec(() -> {
            awaited = condition;
            met = future;
            began = System.nanoTime();
            try {
                action.run();
            } catch (RuntimeException e) {
                met = null;
                future.completeExceptionally(e);
            }
        });
        return future.orTimeout(seconds, TimeUnit.SECONDS).join();
    }
}
