package org.holdfast.engine.internal.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Phase;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.VerifyResult;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.ProgressPublisher;
import org.holdfast.engine.internal.Threads;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Id;
import org.holdfast.format.KeeperKey;
import org.holdfast.format.PackKind;

/**
 * Checks a vault. Without keys: everything is there, parses, has the bytes its name promises, and everything that
 * recovery points refer to is in some pack. With keys also what is inside. Damaged packs get a mark, so that the next
 * backup stores what it still has again. Objects are read in an order that makes a backup or a collection that runs at
 * the same time harmless: manifests first, then the index, then packs. Used once, by one thread.
 */
public final class VerifyJob {
    /** Warming the cipher up pays from about here. */
    private static final long WORTH_WARMING = 16L << 20;

    private final Vault vault;
    private final boolean readData;
    private final ProgressSink sink;
    private final CancelToken cancel;
    private final int workers = Runtime.getRuntime().availableProcessors();
    private final Findings findings = new Findings();
    private final Counters counters = new Counters();
    private volatile Phase phase = Phase.OPENING;
    private volatile long packsTotal = -1;
    private volatile long bytesTotal = -1;

    /** @param vault without keys the check is what a keeper can do */
    public VerifyJob(Vault vault, boolean readData, ProgressSink sink, CancelToken cancel) {
        this.vault = vault;
        this.readData = readData;
        this.sink = ProgressPublisher.oneAtATime(sink);
        this.cancel = cancel;
    }

    /** A pack to be checked. */
    private record Item(PackKind kind, Id name, long bytes, boolean all) {
    }

    /** Runs it. Damage is in the result, never thrown. */
    public VerifyResult run() {
        try (var publisher = new ProgressPublisher(sink, this::progress)) {
            VerifyResult result = Vault.io("Verifying the vault", this::verify);
            phase = Phase.DONE;
            return result;
        }
    }

    private ProgressPublisher.Parts progress() {
        return new ProgressPublisher.Parts(phase, counters.packs.sum(), packsTotal, counters.packBytes.sum(),
                bytesTotal, 0, findings.size(), "");
    }

    private VerifyResult verify() throws IOException {
        var small = new SmallObjects(vault, findings, counters);
        small.checkKeys();
        if (vault.keeper() == null) {
            findings.add(KeeperKey.OBJECT, Problem.OBJECT_DAMAGED, "Without this key nothing else can be checked"
                    + " unless the passphrase is given.");
            return result(0, 0, 0);
        }
        phase = Phase.VERIFYING;
        List<Points.Stored> points = small.checkManifests(Points.POINTS);
        List<Points.Stored> checkpoints = small.checkManifests(Points.CHECKPOINTS);
        SmallObjects.Segments segments = small.checkIndex();
        var table = new PackTable(ChunkIndex.complete(vault, Set.of(), Set.of(), PackKind.values()));
        Map<Id, Item> packs = list(table);
        Map<Id, PackReport> reports = check(table, packs);
        Set<Id> sound = confirm(table, packs, reports);
        var wrapUp = new Conclusion(vault, findings, cancel, table, reports, packs.keySet());
        long orphans = wrapUp.conclude(points, checkpoints) + segments.replaced().size();
        phase = Phase.COMMITTING;
        if (vault.writable()) {
            new Repairs(vault, table).run(reports, sound, packs.keySet(), segments.rotten(), wrapUp.needed());
        }
        return result(points.size(), packs.size(), orphans);
    }

    private VerifyResult result(int points, int packs, long orphans) {
        return new VerifyResult(points, counters.objects.sum(), packs, counters.bytes.sum(), counters.chunks.sum(),
                vault.keys() != null, readData, findings.damages(), orphans);
    }

    /** All packs that are there. */
    private Map<Id, Item> list(PackTable table) throws IOException {
        Map<Id, Item> packs = new HashMap<>();
        for (PackKind kind : PackKind.values()) {
            boolean all = readData || kind == PackKind.META && vault.keys() != null;
            vault.store().list(kind.prefix(), info -> {
                String hex = info.name().substring(kind.prefix().length());
                if (hex.matches("[0-9a-f]{64}")) {
                    packs.put(Id.of(hex), new Item(kind, Id.of(hex), info.size(), all));
                }
            });
        }
        return packs;
    }

    /** Checks all packs; returns what is wrong. */
    private Map<Id, PackReport> check(PackTable table, Map<Id, Item> packs) throws IOException {
        Map<Id, PackReport> reports = Collections.synchronizedMap(new HashMap<>());
        List<Item> todo = new ArrayList<>();
        long bytes = 0;
        for (Item item : packs.values()) {
            int pack = table.number(item.name());
            if (pack >= 0 && table.index().packBytes(pack) != item.bytes()) {
                var report = new PackReport(item.kind(), item.name());
                String text = "The pack has " + item.bytes() + " bytes instead of "
                        + table.index().packBytes(pack) + ".";
                if (item.all() && vault.keys() != null) {
                    report.damaged(Problem.OBJECT_DAMAGED, text);
                } else {
                    report.lost(Problem.OBJECT_DAMAGED, text);
                }
                reports.put(item.name(), report);
            }
            if (item.all() || item.kind() == PackKind.META) {
                todo.add(item);
                bytes += item.all() ? item.bytes() : 0;
            } else {
                counters.objects.increment();
            }
        }
        todo.sort((a, b) -> a.kind() != b.kind() ? b.kind().compareTo(a.kind()) : a.name().compareTo(b.name()));
        packsTotal = todo.size();
        bytesTotal = bytes;
        inParallel(table, todo, reports, bytes);
        return reports;
    }

    private void inParallel(PackTable table, List<Item> todo, Map<Id, PackReport> reports, long bytes)
            throws IOException {
        var next = new AtomicInteger();
        var failure = new AtomicReference<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < Math.min(workers, todo.size()); i++) {
            boolean warm = i == 0 && vault.keys() != null && bytes >= WORTH_WARMING;
            threads.add(Thread.ofPlatform().daemon().name("holdfast-verify-" + i).start(() -> {
                try (var check = new PackCheck(vault, table, counters, cancel)) {
                    if (warm) {
                        Xaes256Gcm.prewarm();
                    }
                    int n;
                    while (failure.get() == null && (n = next.getAndIncrement()) < todo.size()) {
                        Item item = todo.get(n);
                        PackReport report = check.check(item.kind(), item.name(), item.bytes(), item.all());
                        reports.merge(item.name(), report, PackReport::and);
                    }
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        threads.forEach(thread -> Threads.join(thread, () -> failure.compareAndSet(null,
                new HoldfastException(Problem.CANCELLED, "The check was interrupted.", ""))));
        switch (failure.get()) {
            case null -> {
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure.get());
        }
    }

    /**
     * Adds the packs that are missing, drops those that were collected while this was running, and leaves only what is
     * wrong.
     *
     * @return packs that were read to the end and are sound
     */
    private Set<Id> confirm(PackTable table, Map<Id, Item> packs, Map<Id, PackReport> reports) {
        ChunkIndex index = table.index();
        for (int pack = 0; pack < index.packs(); pack++) {
            Id name = index.packName(pack);
            if (!packs.containsKey(name)) {
                var report = new PackReport(index.packKind(pack), name);
                report.lost(Problem.OBJECT_MISSING, "The pack is missing.");
                reports.put(name, report);
            }
        }
        Set<Id> sound = new HashSet<>();
        reports.values().removeIf(report -> {
            if (report.problem() == null && report.isComplete()) {
                sound.add(report.name());
            }
            return report.problem() == null;
        });
        if (reports.values().stream().anyMatch(r -> r.problem() == Problem.OBJECT_MISSING)) {
            var now = new PackTable(ChunkIndex.complete(vault, Set.of(), Set.of(), PackKind.values()));
            reports.values().removeIf(r -> r.problem() == Problem.OBJECT_MISSING && now.number(r.name()) < 0);
        }
        return sound;
    }

    /** Bits of all chunks of some blobs. */
    static BitSet chunksOf(ChunkIndex index, BitSet blobs) {
        var chunks = new BitSet(index.chunks());
        for (int chunk = 0; chunk < index.chunks(); chunk++) {
            if (blobs.get(index.blobOf(chunk))) {
                chunks.set(chunk);
            }
        }
        return chunks;
    }
}
