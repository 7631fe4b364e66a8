package org.holdfast.vault.data;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.PointForecast;
import org.holdfast.scheduling.schedule.RunTimes;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.DeletedPoints;
import org.holdfast.vault.catalog.data.DeletedPoints.Deletion;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells when the time of recovery points will be over: the policy of a server is played forward with every backup it
 * plans, one day after another, with the very rules that retention has. Thread-safe.
 */
@Component(service = Forecasts.class)
public final class Forecasts {
    /** So far ahead it is looked. */
    static final Duration HORIZON = Duration.ofDays(5 * 366L);
    private static final Duration STEP = Duration.ofDays(1);

    private final Catalog catalog;
    private final VaultClock clock;

    /** Takes what it works with. */
    @Activate
    public Forecasts(@Reference Catalog catalog, @Reference VaultClock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What will become of the points of a server, the newest first. */
    public List<PointForecast> of(UUID server) {
        Instant now = clock.look().now();
        Map<String, Deletion> deletions = new HashMap<>();
        catalog.read(h -> DeletedPoints.of(h, server)).forEach(d -> deletions.put(d.name(), d));
        List<PointRow> all = catalog.read(h -> Points.of(h, server));
        List<PointRow> present = all.stream().filter(p -> p.deleted() == null).toList();
        Map<String, Fate> fates = fates(server, present, now);
        List<PointForecast> list = new ArrayList<>();
        for (PointRow point : all) {
            Deletion gone = deletions.get(point.name());
            Fate fate = fates.getOrDefault(point.name(), Fate.STAYS);
            list.add(new PointForecast(point.id(), point.committed(), point.storedBytes(), fate.reasons(),
                    fate.expires(), gone == null ? null : gone.at(), gone == null ? null : gone.by(),
                    gone == null ? null : gone.purgeAfter()));
        }
        list.sort(Comparator.comparing(PointForecast::committed).reversed());
        return list;
    }

    /** When the time of a point will be over; empty when that is further away than can be seen. */
    Optional<Instant> end(UUID server, PointRow point) {
        List<PointRow> present = catalog.read(h -> Points.of(h, server)).stream().filter(p -> p.deleted() == null)
                .toList();
        return Optional.ofNullable(fates(server, present, clock.look().now())
                .getOrDefault(point.name(), Fate.STAYS).expires());
    }

    private record Fate(List<String> reasons, @Nullable Instant expires) {
        private static final Fate STAYS = new Fate(List.of(), null);
    }

    private Map<String, Fate> fates(UUID server, List<PointRow> present, Instant now) {
        DataServers.Due due = catalog.read(h -> DataServers.withPolicy(h, server)).orElse(null);
        if (due == null) {
            Map<String, Fate> all = new HashMap<>();
            present.forEach(p -> all.put(p.name(), new Fate(List.of("no policy ends its time"), null)));
            return all;
        }
        Policy policy;
        try {
            policy = Json.read(due.policy(), Policy.class);
        } catch (IOException e) {
            throw new Refusal(Refusal.Kind.CONFLICT, "policy-unreadable", "The policy of the server cannot be read.",
                    "Store it again.");
        }
        ZoneId zone = Zones.of(policy, due.zone());
        return new Play(policy, zone, times(policy, zone), now).run(present);
    }

    private static @Nullable RunTimes times(Policy policy, ZoneId zone) {
        var plan = policy.plan();
        if (plan == null) {
            return null;
        }
        try {
            return new RunTimes(plan, zone);
        } catch (HoldfastException e) {
            return null;
        }
    }

    /** Plays a policy forward. */
    private record Play(Policy policy, ZoneId zone, @Nullable RunTimes times, Instant now) {
        Map<String, Fate> run(List<PointRow> present) {
            Map<String, Fate> fates = new HashMap<>();
            Set<String> waiting = new HashSet<>();
            present.forEach(p -> waiting.add(p.name()));
            PointRow newest = present.isEmpty() ? null : present.getLast();
            List<PointRow> alive = new ArrayList<>(present);
            for (Instant at = now; !waiting.isEmpty() && at.isBefore(now.plus(HORIZON)); at = at.plus(STEP)) {
                List<RetainOutcome.Kept> kept = new ArrayList<>();
                List<PointRow> going = new ArrayList<>();
                Keeper.decide(alive, policy.retention(), zone, at, kept, going);
                boolean begin = at.equals(now);
                alive.clear();
                for (RetainOutcome.Kept stays : kept) {
                    alive.add(stays.point());
                    if (begin) {
                        fates.put(stays.point().name(), new Fate(stays.reasons(), null));
                    }
                }
                for (PointRow gone : going) {
                    if (waiting.remove(gone.name())) {
                        fates.put(gone.name(), new Fate(fates.getOrDefault(gone.name(), Fate.STAYS).reasons(), at));
                    }
                }
                if (newest != null) {
                    plan(at, newest, alive);
                }
            }
            return fates;
        }

        /** Adds what will be made until the next step; the first of a day is enough unless the last few count. */
        private void plan(Instant from, PointRow like, List<PointRow> alive) {
            RunTimes runs = times;
            if (runs == null) {
                return;
            }
            Instant to = from.plus(STEP);
            Instant run = runs.next(from);
            for (int i = 0; run != null && !run.isAfter(to) && i < Math.max(1, policy.retention().last()); i++) {
                alive.add(planned(like, run));
                run = runs.next(run);
            }
        }

        private static PointRow planned(PointRow like, Instant at) {
            return new PointRow(like.server(), "planned " + at, like.vault(), at, at, 0, "completed", like.group(),
                    null, 0, null, null, 0, 0, 0, null, 0, false, null, null, null);
        }
    }
}
