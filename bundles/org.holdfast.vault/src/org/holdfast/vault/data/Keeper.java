package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.engine.KeeperVault;
import org.holdfast.scheduling.retention.Retention;
import org.holdfast.scheduling.retention.RetentionDecision;
import org.holdfast.scheduling.retention.RetentionPoint;
import org.holdfast.scheduling.retention.RetentionPolicy;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.DeletedPoints;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.holdfast.vault.nodes.Turn;
import org.holdfast.vault.nodes.Turns;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Retention and collection in the vault, without any passphrase and beside running backups. Times are the vault's: when
 * a point was committed, not what a server's clock said. Whoever has taken over a server can add points and nothing
 * more, so nothing that is added may push out what was there: the first good point of a day, week, month or year stands
 * for it; everything within the days of the daily rule stays, whatever it is; anomalous, interrupted and damaged points
 * count for nothing; the newest good point of a group always stays, and so do points that somebody has pinned.
 */
@Component(service = Keeper.class)
public final class Keeper {
    private static final String POINTS = "points/";

    private final Catalog catalog;
    private final ServerStores stores;
    private final List<DataObserver> observers;
    private final Clock clock;
    private final Turns turns;

    /** Takes what it works with. */
    @Activate
    public Keeper(@Reference Catalog catalog, @Reference ServerStores stores,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<DataObserver> observers,
            @Reference Clock clock, @Reference Turns turns) {
        this.turns = turns;
        this.catalog = catalog;
        this.stores = stores;
        this.observers = List.copyOf(observers);
        this.clock = clock;
    }

    /** A keeper beside which there is none on another node. */
    public Keeper(Catalog catalog, ServerStores stores, List<DataObserver> observers, Clock clock) {
        this(catalog, stores, observers, clock, Turns.alone());
    }

    /** As the longer form, with days of UTC and nobody to cancel it. */
    public RetainOutcome retain(UUID server, RetentionRule rule, Instant now, boolean dryRun) throws IOException {
        return retain(server, rule, ZoneId.of("UTC"), now, dryRun, new CancelToken());
    }

    /**
     * Deletes points whose time is over by a rule, removes those for good that were deleted long enough ago, and
     * collects what nothing needs any more.
     *
     * @param rule which points to keep, or null to keep all that nobody has deleted
     * @param zone whose days are meant
     * @param now the vault's present
     * @param dryRun whether to tell only
     * @throws Refusal {@code retention-running} when it is running for this server already
     * @throws org.holdfast.api.HoldfastException when the store is damaged such that nothing may be collected
     */
    public RetainOutcome retain(UUID server, @Nullable RetentionRule rule, ZoneId zone, Instant now,
            boolean dryRun, CancelToken cancel) throws IOException {
        return retain(server, rule, zone, now, dryRun, Long.MAX_VALUE, cancel);
    }

    /**
     * The same, with less work.
     *
     * @param budget bytes of packs that are read to move what is needed of them
     */
    public RetainOutcome retain(UUID server, @Nullable RetentionRule rule, ZoneId zone, Instant now, boolean dryRun,
            long budget, CancelToken cancel) throws IOException {
        DataServerRow row = catalog.read(h -> DataServers.find(h, server))
                .orElseThrow(() -> Refusal.notFound("server"));
        try (Turn turn = turns.tryTake("retention " + server).orElseThrow(
                () -> new Refusal(Refusal.Kind.CONFLICT, "retention-running",
                        "Retention of this server is running already.", ""));
                ServerStore store = stores.open(row.vault(), server)) {
            return retain(store, row, rule, zone, now, dryRun ? -1 : budget, turn,
                    new CancelToken(() -> cancel.isCancelled() || !turn.holds()));
        } catch (NoSuchFileException e) {
            return new RetainOutcome(List.of(), List.of(), List.of(), 0, 0, 0, 0, 0);
        }
    }

    private RetainOutcome retain(ServerStore store, DataServerRow row, @Nullable RetentionRule rule, ZoneId zone,
            Instant now, long budget, Turn turn, CancelToken cancel) throws IOException {
        UUID server = row.server();
        List<PointRow> points = new ArrayList<>();
        List<PointRow> purged = new ArrayList<>();
        int days = catalog.read(h -> VaultTable.byId(h, row.vault())).map(VaultRow::softDeleteDays).orElse(0);
        Map<String, Instant> deleted = new HashMap<>();
        catalog.read(h -> DeletedPoints.of(h, server)).forEach(d -> deleted.put(d.name(), d.purgeAfter()));
        for (PointRow point : catalog.read(h -> Points.of(h, server))) {
            Instant purge = deleted.get(point.name());
            if (purge == null) {
                points.add(point);
            } else if (!purge.isAfter(now)) {
                purged.add(point);
            }
        }
        List<RetainOutcome.Kept> kept = new ArrayList<>();
        List<PointRow> going = new ArrayList<>();
        if (rule != null) {
            decide(points, rule, zone, now, kept, going);
        }
        KeeperVault keeper = store.keeper();
        KeeperVault.Collection done;
        if (budget < 0) {
            Set<String> names = new HashSet<>();
            going.forEach(p -> names.add(p.name()));
            purged.forEach(p -> names.add(p.name()));
            done = keeper.preview(names, cancel);
        } else {
            for (PointRow point : List.copyOf(going)) {
                cancel.check();
                if (!expire(store, point, now, days, turn)) {
                    going.remove(point);
                    kept.add(new RetainOutcome.Kept(point, List.of("pinned meanwhile")));
                }
            }
            for (PointRow point : List.copyOf(purged)) {
                cancel.check();
                if (!remove(store, point, now, turn)) {
                    purged.remove(point);
                }
            }
            catalog.run(turn::require);
            keeper.dropOldCheckpoints();
            done = keeper.collect(budget, cancel);
            if (done.bytesFreed() > 0) {
                catalog.run(h -> DataServers.addUsed(h, server, -done.bytesFreed()));
            }
        }
        return new RetainOutcome(kept, going, purged, done.packsRemoved(), done.packsCompacted(), done.bytesFreed(),
                done.packsPending(), done.bytesRead());
    }

    /** Its time is over; how long it can still be brought back is what the vault says today. */
    private boolean expire(ServerStore store, PointRow point, Instant now, int days, Turn turn) throws IOException {
        if (days == 0) {
            return remove(store, point, now, turn);
        }
        boolean done = catalog.<Boolean>write(h -> {
            turn.require(h);
            return DeletedPoints.delete(h, point.server(), point.name(), now, DeletedPoints.RETENTION,
                    now.plus(Duration.ofDays(days)));
        });
        if (done) {
            Observers.tell(observers, o -> o.changed(point));
        }
        return done;
    }

    /** Which points stay; for previews as well. */
    static void decide(List<PointRow> points, RetentionRule rule, ZoneId zone, Instant now,
            List<RetainOutcome.Kept> kept, List<PointRow> going) {
        Map<String, PointRow> byName = new HashMap<>();
        List<RetentionPoint> input = new ArrayList<>();
        for (PointRow point : points) {
            byName.put(point.name(), point);
            boolean good = !point.state().equals("interrupted") && !point.anomalous() && point.damage() == null
                    && point.deleted() == null;
            input.add(new RetentionPoint(point.name(), point.committed(), point.group(), good, point.keepUntil()));
        }
        var policy = new RetentionPolicy(rule.last(), rule.daily(), rule.weekly(), rule.monthly(), rule.yearly());
        LocalDate first = LocalDate.ofInstant(now, zone).minusDays(Math.max(rule.daily(), 1) - 1L);
        for (RetentionDecision decision : new Retention(policy, zone, Retention.Pick.FIRST).decide(input, now)) {
            PointRow point = byName.get(decision.point().id());
            List<String> reasons = new ArrayList<>(decision.words());
            if (!LocalDate.ofInstant(point.committed(), zone).isBefore(first)) {
                reasons.add("within the days that keep everything");
            }
            if (point.pinned(now)) {
                reasons.add(pinned(point.pin(), zone));
            }
            if (point.damage() != null) {
                reasons.add("damaged: kept until somebody has looked");
            }
            if (reasons.isEmpty()) {
                going.add(point);
            } else {
                kept.add(new RetainOutcome.Kept(point, List.copyOf(reasons)));
            }
        }
    }

    private static String pinned(@Nullable PointPin pin, ZoneId zone) {
        Instant until = pin == null ? null : pin.until();
        return until == null ? "pinned" : "pinned until " + LocalDate.ofInstant(until, zone);
    }

    /** The row says first that it goes, so that a point that is half removed is never taken for a damaged one. */
    private boolean remove(ServerStore store, PointRow point, Instant now, Turn turn) throws IOException {
        boolean going = catalog.write(h -> {
            turn.require(h);
            return Points.setRemoving(h, point.server(), point.name(), now);
        });
        if (!going) {
            return false;
        }
        store.store().delete(POINTS + point.name());
        catalog.run(h -> Points.delete(h, point.server(), point.name()));
        Observers.tell(observers, o -> o.removed(point));
        return true;
    }

    /** The vault's present. */
    public Instant now() {
        return clock.instant();
    }
}
