package org.holdfast.vault.data;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.CollectionView;
import org.holdfast.protocol.fleet.VaultMaintenance;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.CollectionTable;
import org.holdfast.vault.catalog.data.CollectionTable.CollectionRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.DeletedPoints;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.nodes.Turn;
import org.holdfast.vault.nodes.Turns;
import org.holdfast.vault.people.Approvals;
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
    private static final long AGAIN_SECONDS = 5;
    private static final String TURN = "housekeeping";

    private final Catalog catalog;
    private final SessionService sessions;
    private final Keeper keeper;
    private final VaultClock vaultClock;
    private final Deletions deletions;
    private final MaintenancePlans plans;
    private final Scrubber scrubber;
    private final Approvals approvals;
    private final FactsKeeper facts;
    private final Clock clock;
    private final Turns turns;
    private final CancelToken cancel = new CancelToken();
    private final Set<UUID> collecting = ConcurrentHashMap.newKeySet();
    private final Set<UUID> scrubbing = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;

    /** Begins at once. */
    @Activate
    public Housekeeping(@Reference Catalog catalog, @Reference CommitService commits,
            @Reference SessionService sessions, @Reference Keeper keeper, @Reference AbandonedData abandoned,
            @Reference VaultClock vaultClock, @Reference Deletions deletions,
            @Reference MaintenancePlans plans, @Reference Scrubber scrubber, @Reference Approvals approvals,
            @Reference FactsKeeper facts, @Reference Clock clock, @Reference Turns turns) {
        this.catalog = catalog;
        this.sessions = sessions;
        this.keeper = keeper;
        this.vaultClock = vaultClock;
        this.deletions = deletions;
        this.plans = plans;
        this.scrubber = scrubber;
        this.approvals = approvals;
        this.facts = facts;
        this.clock = clock;
        this.turns = turns;
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("housekeeping").daemon().factory());
        timer.execute(() -> safely(vaultClock::look));
        timer.execute(() -> safely(() -> inTurn(during -> {
            abandoned.sweep();
            commits.reconcileAll(during);
        })));
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

    /** Does something unless another node is at it; it is to stop when the turn is lost. */
    private boolean inTurn(Consumer<CancelToken> work) {
        try (Turn turn = turns.tryTake(TURN).orElse(null)) {
            if (turn == null) {
                return false;
            }
            work.accept(new CancelToken(() -> cancel.isCancelled() || !turn.holds()));
            return true;
        }
    }

    /**
     * One round; public so that tests and people need not wait for it.
     *
     * @return whether it was this node's turn
     */
    public boolean round() {
        return inTurn(this::round);
    }

    private void round(CancelToken during) {
        sessions.tidy();
        approvals.tidy();
        facts.round(during);
        if (vaultClock.look().isFrozen()) {
            LOG.warn("nothing is deleted while the vault's clock cannot be trusted");
            return;
        }
        Instant now = clock.instant();
        scrubber.tellLate();
        if (!MaintenancePlans.isOpen(plans.get(), now)) {
            return;
        }
        for (DataServers.Due due : catalog.read(h -> DataServers.dueForRetention(h, now.minus(EVERY)))) {
            during.check();
            retain(due.server(), due, now, during);
        }
        for (UUID server : catalog.read(h -> DeletedPoints.due(h, now))) {
            during.check();
            retain(server, null, now, during);
            deletions.finish(server);
        }
        scrubber.round(during);
    }

    private void retain(UUID server, DataServers.@Nullable Due due, Instant now, CancelToken during) {
        try {
            Policy policy = due == null ? null : Json.read(due.policy(), Policy.class);
            RetainOutcome done = keeper.retain(server, policy == null ? null : policy.retention(),
                    policy == null || due == null ? ZoneOffset.UTC : Zones.of(policy, due.zone()), now, false,
                    plans.leftToCollect(now), during);
            plans.spend(now, done.bytesRead(), 0);
            catalog.run(h -> CollectionTable.ran(h, row(server, now, done)));
            LOG.info("retention of server {}: {} points kept, {} deleted, {} gone for good, {} bytes freed", server,
                    done.kept().size(), done.removed().size(), done.purged().size(), done.bytesFreed());
        } catch (IOException | RuntimeException e) {
            during.check();
            LOG.warn("retention of server {} failed and will be tried tomorrow", server, e);
        }
        if (due != null) {
            catalog.run(h -> DataServers.setRetained(h, server, now));
        }
    }

    private static CollectionRow row(UUID server, Instant now, RetainOutcome done) {
        return new CollectionRow(server, now, done.removed().size(), done.purged().size(), done.packsRemoved(),
                done.packsCompacted(), done.packsPending(), done.bytesFreed(), 0, now);
    }

    /**
     * Does for a vault at once what is done for it once a day, also outside the window; the budget of the day holds.
     * Returns before it is done.
     *
     * @throws org.holdfast.vault.Refusal of kind UNAVAILABLE while the vault's clock cannot be trusted
     */
    public void collectNow(UUID vault) {
        vaultClock.requireSound();
        if (collecting.add(vault)) {
            timer.execute(() -> asSoonAsItsTurn(during -> collect(vault, during), () -> collecting.remove(vault)));
        }
    }

    /** What people ask for waits until no other node is at it. */
    private void asSoonAsItsTurn(Consumer<CancelToken> work, Runnable over) {
        boolean[] done = { true };
        safely(() -> done[0] = inTurn(work));
        if (done[0] || cancel.isCancelled()) {
            over.run();
        } else {
            timer.schedule(() -> asSoonAsItsTurn(work, over), AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void collect(UUID vault, CancelToken during) {
        Instant now = clock.instant();
        for (DataServers.Due due : catalog.read(h -> DataServers.dueForRetention(h, now.plusMillis(1)))) {
            if (catalog.read(h -> DataServers.find(h, due.server())).filter(s -> s.vault().equals(vault))
                    .isPresent()) {
                during.check();
                retain(due.server(), due, now, during);
            }
        }
    }

    /** Reads all packs of a vault again, bit by bit, also outside the window; returns before that is done. */
    public void scrubNow(UUID vault) {
        if (scrubbing.add(vault)) {
            Instant began = clock.instant();
            Set<UUID> passed = new HashSet<>();
            timer.execute(() -> scrub(vault, began, passed));
        }
    }

    private void scrub(UUID vault, Instant began, Set<UUID> passed) {
        boolean[] more = { false };
        asSoonAsItsTurn(during -> more[0] = scrubber.bit(vault, began, passed, during), () -> {
            if (more[0] && !cancel.isCancelled()) {
                timer.execute(() -> scrub(vault, began, passed));
            } else {
                scrubbing.remove(vault);
            }
        });
    }

    /** How far it is with a vault. */
    public VaultMaintenance view(UUID vault) {
        Instant now = clock.instant();
        List<CollectionView> servers = catalog.read(h -> CollectionTable.of(h, vault).stream()
                .map(row -> new CollectionView(row.server().toString(), ServerTable.byId(h, row.server())
                        .map(ServerRow::name).orElse(row.server().toString()), row.ran(), row.deleted(), row.purged(),
                        row.packsRemoved(), row.packsCompacted(), row.packsPending(), row.bytesFreed(),
                        row.freedTotal(), row.since()))
                .toList());
        return new VaultMaintenance(MaintenancePlans.isOpen(plans.get(), now), plans.collected(now),
                plans.scrubbed(now), collecting.contains(vault), scrubbing.contains(vault),
                scrubber.views(vault).stream().mapToLong(s -> s.lastEnded() == null ? s.packs() : s.lastPacks()).sum(),
                servers.stream().mapToLong(CollectionView::freedTotal).sum(), servers);
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
