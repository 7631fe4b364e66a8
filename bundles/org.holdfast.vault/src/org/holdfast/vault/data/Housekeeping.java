package org.holdfast.vault.data;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.CancelToken;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the data path needs now and then: store and catalogue are compared when the node starts, sessions nobody needs
 * any more are ended, and each server's points are looked at once a day by the rule of its policy, one server after
 * another, beside everything else.
 */
@Component(service = Housekeeping.class, immediate = true)
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofHours(20);
    private static final long ROUND_MINUTES = 10;
    private static final long PATIENCE_SECONDS = 20;

    private final Catalog catalog;
    private final SessionService sessions;
    private final Keeper keeper;
    private final Clock clock;
    private final CancelToken cancel = new CancelToken();
    private final ScheduledExecutorService timer;

    /** Begins at once. */
    @Activate
    public Housekeeping(@Reference Catalog catalog, @Reference CommitService commits,
            @Reference SessionService sessions, @Reference Keeper keeper, @Reference AbandonedData abandoned,
            @Reference Clock clock) {
        this.catalog = catalog;
        this.sessions = sessions;
        this.keeper = keeper;
        this.clock = clock;
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("housekeeping").daemon().factory());
        timer.execute(() -> safely(abandoned::sweep));
        timer.execute(() -> safely(() -> commits.reconcileAll(cancel)));
        timer.scheduleWithFixedDelay(() -> safely(this::round), ROUND_MINUTES, ROUND_MINUTES, TimeUnit.MINUTES);
    }

    private void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!cancel.isCancelled()) {
                LOG.error("housekeeping failed and will be tried again", e);
            }
        }
    }

    /** One round; public so that tests and people need not wait for it. */
    public void round() {
        sessions.tidy();
        Instant now = clock.instant();
        for (DataServers.Due due : catalog.read(h -> DataServers.dueForRetention(h, now.minus(EVERY)))) {
            cancel.check();
            try {
                Policy policy = Json.read(due.policy(), Policy.class);
                RetainOutcome done = keeper.retain(due.server(), policy.retention(), zone(policy, due.zone()), now,
                        false, cancel);
                LOG.info("retention of server {}: {} points kept, {} removed, {} bytes freed", due.server(),
                        done.kept().size(), done.removed().size(), done.bytesFreed());
            } catch (IOException | RuntimeException e) {
                cancel.check();
                LOG.warn("retention of server {} failed and will be tried tomorrow", due.server(), e);
            }
            catalog.run(h -> DataServers.setRetained(h, due.server(), now));
        }
    }

    private static ZoneId zone(Policy policy, String own) {
        RunPlan plan = policy.plan();
        String name = plan == null || plan.zone().isEmpty() ? own : plan.zone();
        try {
            return name == null || name.isEmpty() ? ZoneId.of("UTC") : ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneId.of("UTC");
        }
    }

    /** Ends; a collection under way stops at its next step and goes on another time. */
    @Deactivate
    @Override
    public void close() {
        cancel.cancel();
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("housekeeping did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
