package org.holdfast.vault.fleet;

import java.time.Duration;
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

/** Lets the fleet be looked after once a second while the node runs. */
@Component(service = FleetTicker.class, immediate = true)
public final class FleetTicker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetTicker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Turns turns;
    private final ScheduledExecutorService executor;
    /** Of the executor's thread alone. */
    private @Nullable Turn turn;

    /** Begins at once. */
    @Activate
    public FleetTicker(@Reference FleetEngine engine, @Reference Expiries expiries, @Reference NodeWatch nodes,
            @Reference Peers peers, @Reference Turns turns) {
        this.turns = turns;
        var threads = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("fleet").factory());
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        executor = threads;
        executor.scheduleWithFixedDelay(() -> safely(() -> engine.tick(hasTurn())), 1, 1, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(() -> safely(() -> inTurn(peers::adopt)), 0, 2, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(() -> safely(peers::tick), 1, 1, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(() -> safely(peers::sync), 30, 30, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(() -> safely(() -> inTurn(nodes::look)), 1, 2, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(() -> safely(() -> inTurn(expiries::look)), 1, 10, TimeUnit.MINUTES);
    }

    private void inTurn(Runnable work) {
        if (hasTurn()) {
            work.run();
        }
    }

    /** One node does it, until it ends. */
    private boolean hasTurn() {
        Turn mine = turn;
        if (mine == null || !mine.holds()) {
            if (mine != null) {
                mine.close();
            }
            mine = turns.tryTake("fleet").orElse(null);
            turn = mine;
        }
        return mine != null;
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("looking after the fleet failed and will be tried again", e);
        }
    }

    /** Ends; what is under way is finished. */
    @Deactivate
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("looking after the fleet did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
