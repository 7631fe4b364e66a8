package org.holdfast.engine.internal.retain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.Marks;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Session;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;

/**
 * Collects garbage without any tenant key and without stopping backups. What is to go is first written down in a
 * tombstone; from then on no new backup relies on it. It is deleted once all sessions that were alive at that moment
 * have ended and nothing that was committed meanwhile needs it. One collection runs at a time. Every step can be
 * interrupted and the next run goes on from there. Memory is bounded: see {@link LivePacks}.
 */
public final class Collector {
    /** Stands for sessions that have not been looked for yet: such a tombstone waits until there are none at all. */
    private static final String UNSETTLED = "unsettled";
    private static final int ATTEMPTS = 3;

    private final Vault vault;
    private final CancelToken cancel;
    private final long budget;
    private final LivePacks.Memory memory;
    private Step step;

    /** What a collection did, or would do. */
    public record Result(long packsRemoved, long packsCompacted, long bytesFreed, long packsPending,
            long bytesRead) {
    }

    /** @param vault keeper's key is enough */
    public Collector(Vault vault, CancelToken cancel) {
        this(vault, Long.MAX_VALUE, cancel);
    }

    /**
     * @param vault keeper's key is enough
     * @param budget bytes of packs that may be read to move what is needed of them
     */
    public Collector(Vault vault, long budget, CancelToken cancel) {
        this(vault, budget, LivePacks.Memory.STANDARD, cancel);
    }

    /** @param memory how much of it is used before the disk is */
    Collector(Vault vault, long budget, LivePacks.Memory memory, CancelToken cancel) {
        this.vault = vault;
        this.memory = memory;
        this.budget = budget;
        this.cancel = cancel;
        this.step = cancel::check;
    }

    /** What is done now and then while a collection runs. */
    @FunctionalInterface
    interface Step {
        /** Fails when the collection must not go on. */
        void run() throws IOException;
    }

    /**
     * Tells what a collection would free.
     *
     * @param without points that are about to be removed
     */
    public Result preview(Set<Id> without) throws IOException {
        LivePacks live = mark(Set.of(), without);
        PackColumns packs = live.packs();
        PackUse use = PackUse.of(live);
        long freed = 0;
        for (int pack : use.dead()) {
            freed += packs.bytes(pack);
        }
        for (int pack : use.compact()) {
            freed += packs.bytes(pack) - live.liveBytes(pack);
        }
        return new Result(use.dead().size(), use.compact().size(), freed, 0, 0);
    }

    /**
     * Finds out what is needed.
     *
     * @param ignore packs to do without, if nothing needed is only in them
     * @param without points to do without
     */
    private LivePacks mark(Set<Id> ignore, Set<Id> without) throws IOException {
        Set<Id> ignored = ignore;
        for (int attempt = 1;; attempt++) {
            LivePacks live = LivePacks.find(vault, ignored, Marks.damaged(vault), () -> manifests(without), memory,
                    step);
            if (live.missing() == 0) {
                return live;
            }
            if (attempt == ATTEMPTS) {
                throw new HoldfastException(Problem.OBJECT_MISSING, "Nothing is collected, because recovery points need"
                        + " " + live.missing() + " chunks that are not in the vault.",
                        "Run verify; what is behind a missing chunk cannot be known.");
            }
            // It is in one of the packs left out, or was committed after the index was read.
            ignored = Set.of();
        }
    }

    /** Everything that must stay restorable; a manifest that cannot be read stops the collection. */
    private List<Manifest> manifests(Set<Id> without) {
        var list = new ArrayList<Manifest>();
        for (String prefix : List.of(Points.POINTS, Points.CHECKPOINTS)) {
            new Points(vault).list(prefix, false, (object, detail) -> {
                throw new HoldfastException(Problem.OBJECT_DAMAGED,
                        "Nothing is collected, because " + object + " cannot be read. " + detail,
                        "Run verify; what a damaged recovery point needs cannot be known.");
            }).stream().filter(s -> !without.contains(s.name())).forEach(s -> list.add(s.manifest()));
        }
        return list;
    }

    /** Collects, unless somebody else does: then there is nothing to do but to tell what is pending. */
    public Result run() throws IOException {
        try (Session session = Session.beginCollection(vault)) {
            step = () -> {
                cancel.check();
                session.renew();
            };
            return session.onlyCollection() ? run(session) : new Result(0, 0, 0, pending(), 0);
        } finally {
            step = cancel::check;
        }
    }

    private Result run(Session session) throws IOException {
        long before = packBytes();
        Set<String> alive = session.others();
        Marks.removeUnreadableTombstones(vault);
        long removed = sweepOld(session, alive);
        Set<Id> condemned = new HashSet<>();
        Marks.tombstones(vault).forEach(t -> condemned.addAll(t.packs()));
        LivePacks live = mark(condemned, Set.of());
        PackUse use = PackUse.of(live);
        mend(live);
        long read = 0;
        List<Integer> compact = new ArrayList<>();
        for (int pack : use.compact()) {
            if (live.packs().bytes(pack) <= budget - read) {
                compact.add(pack);
                read += live.packs().bytes(pack);
            }
        }
        Set<Id> moved = compact.isEmpty() ? Set.of() : new Compactor(vault, live, step).run(compact);
        Set<Id> going = new HashSet<>(moved);
        for (int pack : use.dead()) {
            going.add(live.packs().name(pack));
        }
        going.removeAll(condemned);
        if (!going.isEmpty()) {
            String first = Marks.putTombstone(vault, going, Set.of(UNSETTLED));
            // Looked for after the tombstone is there: who came before is seen here, who comes later sees it.
            Set<String> now = session.others();
            if (now.isEmpty()) {
                removed += sweep(session, new Marks.Tombstone(first, going, Set.of()));
            } else {
                // The second is there before the first goes, so nobody can start in between and see neither.
                Marks.putTombstone(vault, going, now);
                vault.store().delete(first);
            }
        }
        return new Result(removed, moved.size(), Math.max(0, before - packBytes()), pending(), read);
    }

    private long pending() throws IOException {
        long pending = 0;
        for (Marks.Tombstone t : Marks.tombstones(vault)) {
            pending += t.packs().size();
        }
        return pending;
    }

    private long packBytes() throws IOException {
        long[] sum = { 0 };
        for (PackKind kind : PackKind.values()) {
            vault.store().list(kind.prefix(), info -> sum[0] += info.size());
        }
        return sum[0];
    }

    /** Describes packs that are needed and that no segment describes, and removes segments that cannot be read. */
    private void mend(LivePacks live) throws IOException {
        var writer = new IndexWriter(vault);
        for (var pack : live.undescribed().entrySet()) {
            if (live.liveBytes(pack.getKey()) > 0) {
                writer.add(pack.getValue());
            }
        }
        writer.flush();
        for (String segment : live.damagedSegments()) {
            if (IndexWriter.isSegment(segment)) {
                vault.store().delete(segment);
            }
        }
    }

    /** Deletes what earlier tombstones name, as far as nobody can rely on it any more. */
    private long sweepOld(Session session, Set<String> alive) throws IOException {
        long removed = 0;
        for (Marks.Tombstone tombstone : Marks.tombstones(vault)) {
            boolean settled = !tombstone.sessions().contains(UNSETTLED);
            if (settled ? tombstone.sessions().stream().noneMatch(alive::contains) : alive.isEmpty()) {
                removed += sweep(session, tombstone);
            }
        }
        return removed;
    }

    private long sweep(Session session, Marks.Tombstone tombstone) throws IOException {
        step.run();
        // What was committed since the tombstone was written may rely on condemned packs: those stay.
        LivePacks live = mark(tombstone.packs(), Set.of());
        Set<Id> going = new HashSet<>(tombstone.packs());
        for (int pack = 0; pack < live.packs().packs(); pack++) {
            if (live.liveBytes(pack) > 0) {
                going.remove(live.packs().name(pack));
            }
        }
        List<String> oldSegments = IndexRewriter.without(vault, going);
        Map<Id, PackKind> kinds = new HashMap<>();
        for (PackKind kind : PackKind.values()) {
            vault.store().list(kind.prefix(), info -> {
                Id name = kind.pack(info.name());
                if (name != null && going.contains(name)) {
                    kinds.put(name, kind);
                }
            });
        }
        long removed = 0;
        session.requireAlive();
        for (Id pack : going) {
            step.run();
            PackKind kind = kinds.get(pack);
            if (kind != null && vault.store().delete(kind.objectName(pack))) {
                removed++;
            }
            Marks.clearDamaged(vault, pack);
        }
        for (String segment : oldSegments) {
            vault.store().delete(segment);
        }
        vault.store().delete(tombstone.object());
        return removed;
    }
}
