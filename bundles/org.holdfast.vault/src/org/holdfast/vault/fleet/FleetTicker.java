package org.holdfast.vault.fleet;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.CancelToken;
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

    private final ScheduledExecutorService executor;
    private final ScheduledExecutorService housework;
    private final CancelToken stopping = new CancelToken();

    /** Begins at once. */
    @Activate
    public FleetTicker(@Reference FleetEngine engine, @Reference Expiries expiries,
            @Reference Housekeeping housekeeping) {
        executor = thread("fleet");
        housework = thread("housekeeping");
        housework.scheduleWithFixedDelay(() -> safely(() -> housekeeping.look(stopping)), 5, 5, TimeUnit.MINUTES);
        executor.scheduleWithFixedDelay(() -> safely(engine::tick), 1, 1, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(() -> safely(expiries::look), 1, 10, TimeUnit.MINUTES);
    }

    private static ScheduledExecutorService thread(String name) {
        var threads = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return threads;
    }

    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (stopping.isCancelled()) {
                return;
            }
            LOG.error("looking after the fleet failed and will be tried again", e);
        }
    }

    /** Ends; what is under way is finished. */
    @Deactivate
    @Override
    public void close() {
        stopping.cancel();
        executor.shutdown();
        housework.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    || !housework.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("looking after the fleet did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
