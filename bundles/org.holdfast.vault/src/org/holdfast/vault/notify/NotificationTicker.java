package org.holdfast.vault.notify;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.nodes.Turn;
import org.holdfast.vault.nodes.Turns;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets notifications be made and sent while the node runs. */
@Component(service = NotificationTicker.class, immediate = true)
public final class NotificationTicker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationTicker.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Deliveries deliveries;
    private final Turns turns;
    /** Of the timer's thread alone. */
    private @Nullable Turn turn;
    private final ScheduledExecutorService timer;
    private final ExecutorService senders = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("notify-", 0).factory());

    /** Begins at once. */
    @Activate
    public NotificationTicker(@Reference Digest digest, @Reference Deliveries deliveries, @Reference Turns turns) {
        this.deliveries = deliveries;
        this.turns = turns;
        var threads = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("notify").factory());
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        timer = threads;
        timer.scheduleWithFixedDelay(() -> safely(() -> {
            if (hasTurn()) {
                digest.round();
                deliveries.round(senders);
            }
        }), 1, 1, TimeUnit.SECONDS);
    }

    /** One node tells, until it ends. */
    private boolean hasTurn() {
        Turn mine = turn;
        if (mine == null || !mine.holds()) {
            if (mine != null) {
                mine.close();
            }
            mine = turns.tryTake("notifications").orElse(null);
            turn = mine;
        }
        return mine != null;
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("notifications could not be worked off and will be tried again", e);
        }
    }

    /** Ends; a message under way is broken off and sent again when the node is back. */
    @Deactivate
    @Override
    public void close() {
        timer.shutdown();
        try {
            boolean ended = timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            deliveries.close();
            senders.shutdown();
            if (!ended | !senders.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("notifications do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
