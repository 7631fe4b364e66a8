package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.vault.Damage;
import org.holdfast.engine.KeeperVault;
import org.holdfast.protocol.fleet.MaintenancePlan;
import org.holdfast.protocol.fleet.PackDamage;
import org.holdfast.protocol.fleet.ScrubView;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DamageRow;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.catalog.data.ScrubRow;
import org.holdfast.vault.catalog.data.ScrubTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every pack again within some days and compares it with its name, the server first that was read longest ago.
 * What is damaged is marked in the store, so that the next backup stores its content again; here it is taken down which
 * points it hurts, until it hurts none. One round at a time.
 */
@Component(service = Scrubber.class)
public final class Scrubber {
    /** What is said of points begins so; other damage is not ours to take back. */
    static final String HURT = "Packs are damaged: ";
    private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);
    private static final long SLACK_BYTES = 1L << 30;
    private static final long LEAST_PART = 64L << 20;
    private static final int ROUNDS_A_DAY = 24;
    private static final int NAMED = 5;
    private static final int MOST_POINTS = 200;

    private final Catalog catalog;
    private final ServerStores stores;
    private final MaintenancePlans plans;
    private final List<DataObserver> observers;
    private final Clock clock;

    /** Takes what it works with. */
    @Activate
    public Scrubber(@Reference Catalog catalog, @Reference ServerStores stores, @Reference MaintenancePlans plans,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<DataObserver> observers,
            @Reference Clock clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.plans = plans;
        this.observers = List.copyOf(observers);
        this.clock = clock;
    }

    /** Reads as much as is due now, a part of what the day's budget has left. */
    public void round(CancelToken cancel) {
        Instant now = clock.instant();
        MaintenancePlan plan = plans.get();
        long day = catalog.read(ScrubTable::usedBytes) / Math.max(1, plan.scrubDays() - 3) + SLACK_BYTES;
        Long most = plan.scrubBytes();
        day = most == null ? day : Math.min(day, most);
        long left = Math.min(day - plans.scrubbed(now), Math.max(LEAST_PART, day / ROUNDS_A_DAY));
        Instant notSince = now.minus(due(plan));
        while (left > 0) {
            cancel.check();
            UUID server = catalog.<Optional<UUID>>read(h -> ScrubTable.next(h, notSince)).orElse(null);
            if (server == null) {
                break;
            }
            long read = part(server, left, now, cancel);
            plans.spend(now, 0, read);
            left -= read;
        }
        for (UUID server : catalog.read(ScrubTable::hurt)) {
            cancel.check();
            evaluate(server, Map.of(), cancel);
        }
    }

    /** So long after a round the next one begins. */
    private static Duration due(MaintenancePlan plan) {
        return Duration.ofDays(Math.max(1, plan.scrubDays() / 4));
    }

    /** Tells of vaults with packs that were not read again in time. */
    public void tellLate() {
        int days = plans.get().scrubDays();
        Instant before = clock.instant().minus(Duration.ofDays(days));
        catalog.<Map<UUID, Integer>>read(h -> ScrubTable.late(h, before))
                .forEach((vault, servers) -> Observers.tell(observers, o -> o.scrubLate(vault, servers, days)));
    }

    /**
     * Reads a bit of the packs of a vault, those first that were read longest ago.
     *
     * @param since packs that were read in a round that began then or later are done
     * @param passed servers that are done or cannot be read; some may be added
     * @return whether there is more
     */
    boolean bit(UUID vault, Instant since, Set<UUID> passed, CancelToken cancel) {
        for (ScrubRow row : catalog.<List<ScrubRow>>read(h -> ScrubTable.of(h, vault))) {
            if (!passed.contains(row.server()) && isBefore(row, since)) {
                Instant now = clock.instant();
                long read = part(row.server(), LEAST_PART, now, cancel);
                plans.spend(now, 0, read);
                if (read == 0 || !isBefore(catalog.read(h -> ScrubTable.find(h, row.server())).orElse(row), since)) {
                    passed.add(row.server());
                }
                return true;
            }
        }
        return false;
    }

    private static boolean isBefore(ScrubRow row, Instant since) {
        Instant last = row.lastBegan();
        return row.began() != null || last == null || last.isBefore(since);
    }

    /** Reads a part of a server's packs; returns how many bytes that were. */
    private long part(UUID server, long budget, Instant now, CancelToken cancel) {
        ScrubRow at = catalog.read(h -> ScrubTable.find(h, server)).orElse(ScrubRow.none(server));
        DataServerRow row = catalog.read(h -> DataServers.find(h, server)).orElse(null);
        if (row == null) {
            return 0;
        }
        Instant began = at.began() == null ? now : at.began();
        KeeperVault.Scrubbed done;
        try (ServerStore store = stores.open(row.vault(), server)) {
            done = store.keeper().scrub(at.began() == null ? "" : at.position(), budget, cancel);
        } catch (NoSuchFileException e) {
            done = new KeeperVault.Scrubbed(null, 0, 0, List.of());
        } catch (IOException | HoldfastException e) {
            cancel.check();
            // It is not to keep the others from being read, and not to count as read: its turn comes in a day.
            LOG.warn("reading the packs of server {} again failed", server, e);
            Instant again = now.minus(due(plans.get())).plus(Duration.ofDays(1));
            catalog.run(h -> ScrubTable.save(h, new ScrubRow(server, "", null, 0, 0, again, at.lastEnded(),
                    at.lastPacks(), at.lastBytes())));
            return 0;
        }
        long packs = at.packs() + done.packs();
        long bytes = at.bytes() + done.bytes();
        String next = done.next();
        Instant since = began;
        catalog.run(h -> ScrubTable.save(h, next != null
                ? new ScrubRow(server, next, since, packs, bytes, at.lastBegan(), at.lastEnded(), at.lastPacks(),
                        at.lastBytes())
                : new ScrubRow(server, "", null, 0, 0, since, now, packs, bytes)));
        if (!done.found().isEmpty()) {
            Map<String, Damage> found = new HashMap<>();
            done.found().forEach(d -> found.put(d.object(), d));
            evaluate(server, found, cancel);
        }
        return done.bytes();
    }

    /**
     * Works out which points damaged packs hurt, and which no longer do.
     *
     * @param found by the name of the pack, what was found just now
     */
    private void evaluate(UUID server, Map<String, Damage> found, CancelToken cancel) {
        DataServerRow row = catalog.read(h -> DataServers.find(h, server)).orElse(null);
        if (row == null) {
            return;
        }
        try (ServerStore store = stores.open(row.vault(), server)) {
            take(row, store.keeper().damages(cancel), unread(store, server, found));
        } catch (IOException | HoldfastException e) {
            cancel.check();
            LOG.warn("which points of server {} the damaged packs hurt cannot be told yet", server, e);
            // The packs are known at least.
            take(row, List.copyOf(found.values()), found);
        }
    }

    /** Packs that could not be read stay what they are until they can. */
    private Map<String, Damage> unread(ServerStore store, UUID server, Map<String, Damage> found) {
        Map<String, Damage> all = new HashMap<>(found);
        for (DamageRow row : catalog.<List<DamageRow>>read(h -> ScrubTable.open(h, server))) {
            if (row.problem().equals(word(Problem.STORE_UNAVAILABLE)) && !readable(store, row.object())) {
                all.putIfAbsent(row.object(),
                        new Damage(row.object(), Problem.STORE_UNAVAILABLE, row.detail(), List.of(), List.of()));
            }
        }
        return all;
    }

    private static boolean readable(ServerStore store, String object) {
        byte[] buffer = new byte[1 << 20];
        try {
            long at = 0;
            int n;
            while ((n = store.store().read(object, at, buffer, 0, buffer.length)) > 0) {
                at += n;
            }
            return true;
        } catch (NoSuchFileException e) {
            // A missing pack is another matter, and looked for when a round begins.
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void take(DataServerRow row, List<Damage> hurting, Map<String, Damage> found) {
        Instant now = clock.instant();
        Map<String, Damage> open = new HashMap<>();
        hurting.forEach(d -> open.put(d.object(), d));
        found.values().stream().filter(d -> d.problem() == Problem.STORE_UNAVAILABLE)
                .forEach(d -> open.putIfAbsent(d.object(), d));
        Set<String> hurt = new HashSet<>();
        for (Damage damage : open.values()) {
            hurt.addAll(damage.points());
            Damage told = found.getOrDefault(damage.object(), damage);
            List<String> points = damage.points().stream().limit(MOST_POINTS).toList();
            boolean news = catalog.<Boolean>write(h -> ScrubTable.found(h, new DamageRow(row.server(),
                    damage.object(), word(told.problem()), told.detail(), now, null, points)));
            if (news) {
                LOG.warn("{} of server {}: {}", damage.object(), row.server(), told.detail());
                Observers.tell(observers, o -> o.packDamaged(row.vault(), row.server(), damage.object(),
                        told.detail(), damage.points()));
            }
        }
        for (DamageRow before : catalog.<List<DamageRow>>read(h -> ScrubTable.open(h, row.server()))) {
            if (!open.containsKey(before.object())) {
                catalog.run(h -> ScrubTable.heal(h, row.server(), before.object(), now));
                Observers.tell(observers, o -> o.packHealed(row.server(), before.object()));
            }
        }
        String text = HURT + String.join(", ", open.keySet().stream().sorted().limit(NAMED).toList());
        for (PointRow point : catalog.<List<PointRow>>read(h -> Points.of(h, row.server()))) {
            mark(point, hurt.contains(point.id()) ? text : null);
        }
    }

    private void mark(PointRow point, @Nullable String damage) {
        String now = point.damage();
        boolean ours = now != null && now.startsWith(HURT);
        if (now == null && damage != null || ours && !now.equals(damage)) {
            catalog.<Boolean>write(h -> Points.setDamage(h, point.server(), point.name(), damage));
            Observers.tell(observers, o -> o.changed(point));
        }
    }

    private static String word(Problem problem) {
        return problem.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How far the servers of a vault are, those first that were read longest ago. */
    public List<ScrubView> views(UUID vault) {
        return catalog.read(h -> ScrubTable.of(h, vault).stream().map(row -> new ScrubView(row.server().toString(),
                name(h, row.server()), row.began(), row.packs(), row.bytes(), row.lastBegan(), row.lastEnded(),
                row.lastPacks(), row.lastBytes(), ScrubTable.open(h, row.server()).size())).toList());
    }

    /** Damaged packs of a vault, the newest first. */
    public List<PackDamage> damages(UUID vault) {
        return catalog.read(h -> ScrubTable.damages(h, vault).stream().map(row -> new PackDamage(
                row.server().toString(), name(h, row.server()), row.object(), row.problem(), row.detail(), row.found(),
                row.healed(), row.points())).toList());
    }

    private static String name(Handle handle, UUID server) {
        return ServerTable.byId(handle, server).map(ServerRow::name).orElse(server.toString());
    }
}
