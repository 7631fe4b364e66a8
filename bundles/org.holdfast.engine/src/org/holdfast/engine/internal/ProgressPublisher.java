package org.holdfast.engine.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.holdfast.api.Phase;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.Warning;

/**
 * Tells a sink five times a second how a job is getting on, from a thread of its own, so that the job's threads only
 * count. Publishes once at the start and once more when closed.
 */
public final class ProgressPublisher implements AutoCloseable {
    private static final long PERIOD_MILLIS = 200;

    private final ProgressSink sink;
    private final Supplier<Parts> parts;
    private final RateMeter meter = new RateMeter();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** What a job knows about itself; see {@link Progress}. */
    public record Parts(Phase phase, long files, long filesTotal, long bytes, long bytesTotal, long storedBytes,
            long warnings, String current) {
    }

    /**
     * Starts publishing.
     *
     * @param sink where to; made safe by {@link #oneAtATime} when the job's threads report warnings to it too
     * @param parts asked for each snapshot, on the publisher's thread
     */
    public ProgressPublisher(ProgressSink sink, Supplier<Parts> parts) {
        this.sink = sink;
        this.parts = parts;
        thread = Thread.ofPlatform().daemon().name("holdfast-progress").unstarted(this::run);
        if (sink != ProgressSink.NONE) {
            thread.start();
        }
    }

    /** A sink that passes everything on, one call at a time whatever threads call it. */
    public static ProgressSink oneAtATime(ProgressSink sink) {
        if (sink == ProgressSink.NONE) {
            return sink;
        }
        return new ProgressSink() {
            @Override
            public synchronized void progress(Progress progress) {
                sink.progress(progress);
            }

            @Override
            public synchronized void warning(Warning warning) {
                sink.warning(warning);
            }
        };
    }

    private void run() {
        try {
            do {
                publish();
            } while (!stop.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publish();
    }

    private void publish() {
        Parts now = parts.get();
        meter.sample(System.nanoTime(), now.bytes(), now.bytesTotal());
        sink.progress(new Progress(now.phase(), now.files(), now.filesTotal(), now.bytes(), now.bytesTotal(),
                now.storedBytes(), meter.perSecond(), meter.remaining(), now.warnings(), now.current()));
    }

    /** Publishes the last snapshot and returns when it has been delivered. */
    @Override
    public void close() {
        stop.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
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
