package org.holdfast.engine.internal.verify;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.vault.Damage;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.Marks;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackKind;

/**
 * Reads packs again, a part at a time and in the order of their names, so that going round and round every pack is read
 * as often as any other and all that has to be remembered is where it stopped. Packs whose bytes are not what their
 * name says, and packs that the index names and that are not there, get the mark that keeps everybody from relying on
 * them; a mark on a pack that turns out to be sound is taken away. Needs the keeper's key only. Used once.
 */
public final class Scrub {
    private static final int PIECE = 1 << 20;

    private final Vault vault;
    private final CancelToken cancel;
    private final List<Damage> found = new ArrayList<>();

    /** @param vault keeper's key is enough */
    public Scrub(Vault vault, CancelToken cancel) {
        this.vault = vault;
        this.cancel = cancel;
    }

    /**
     * A part that was read.
     *
     * @param next where the next part begins, null when the end was reached
     * @param packs packs that were read
     * @param bytes how many bytes that were
     * @param found packs that are damaged or missing; which points they hurt is not looked into
     */
    public record Part(@Nullable String next, long packs, long bytes, List<Damage> found) {
    }

    /**
     * Reads a part; at least one pack, if there is one.
     *
     * @param after name of the object read last, empty to begin
     * @param budget bytes to read, about
     */
    public Part run(String after, long budget) throws IOException {
        TreeMap<String, Long> packs = packs();
        Set<Id> marked = Marks.damaged(vault);
        if (after.isEmpty()) {
            missing(packs, marked);
        }
        long bytes = 0;
        long read = 0;
        String last = after;
        for (Map.Entry<String, Long> pack : packs.tailMap(after, false).entrySet()) {
            if (bytes >= budget && read > 0) {
                return new Part(last, read, bytes, List.copyOf(found));
            }
            cancel.check();
            check(pack.getKey(), marked);
            bytes += pack.getValue();
            read++;
            last = pack.getKey();
        }
        return new Part(null, read, bytes, List.copyOf(found));
    }

    private TreeMap<String, Long> packs() throws IOException {
        var packs = new TreeMap<String, Long>();
        for (PackKind kind : PackKind.values()) {
            vault.store().list(kind.prefix(), info -> {
                if (kind.pack(info.name()) != null) {
                    packs.put(info.name(), info.size());
                }
            });
        }
        return packs;
    }

    private static Id id(String object) {
        return Id.of(object.substring(object.length() - 2 * Id.SIZE));
    }

    private void check(String object, Set<Id> marked) throws IOException {
        Id name = id(object);
        byte[] hash;
        try {
            hash = hash(object);
        } catch (NoSuchFileException e) {
            // Collected since it was listed; a pack that vanishes otherwise is found when the next round begins.
            return;
        } catch (IOException e) {
            // Perhaps the whole store is away, so it gets no mark.
            found.add(new Damage(object, Problem.STORE_UNAVAILABLE, "The pack cannot be read: " + e.getMessage(),
                    List.of(), List.of()));
            return;
        }
        if (new Id(hash).equals(name)) {
            if (marked.contains(name)) {
                Marks.clearDamaged(vault, name);
            }
        } else {
            mark(object, Problem.OBJECT_DAMAGED, "Its bytes are not what was written.", marked);
        }
    }

    private void mark(String object, Problem problem, String detail, Set<Id> marked) throws IOException {
        if (!marked.contains(id(object))) {
            Marks.markDamaged(vault, id(object));
        }
        found.add(new Damage(object, problem, detail, List.of(), List.of()));
    }

    private byte[] hash(String object) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
        byte[] buffer = new byte[PIECE];
        long at = 0;
        int n;
        while ((n = vault.store().read(object, at, buffer, 0, buffer.length)) > 0) {
            digest.update(buffer, 0, n);
            at += n;
            cancel.check();
        }
        return digest.digest();
    }

    /** Looks for packs that segments name and that are not there; one segment is in memory at a time. */
    private void missing(TreeMap<String, Long> packs, Set<Id> marked) throws IOException {
        Map<String, String> gone = new HashMap<>();
        Set<Id> replaced = new HashSet<>();
        List<ObjectInfo> segments = new ArrayList<>();
        vault.store().list(IndexWriter.PREFIX, segments::add);
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (ObjectInfo info : segments) {
                cancel.check();
                try {
                    IndexSegment segment = IndexSegment.open(vault.store().get(info.name(), IndexSegment.MAX_BYTES),
                            vault.domainId(), keeper);
                    replaced.addAll(segment.replaces());
                    for (IndexSegment.Pack pack : segment.packs()) {
                        String object = pack.directory().kind().objectName(pack.name());
                        if (!packs.containsKey(object)) {
                            gone.put(object, info.name());
                        }
                    }
                } catch (FormatException | NoSuchFileException e) {
                    // What a damaged segment said is in the packs; a missing one was replaced meanwhile.
                    continue;
                }
            }
        }
        Set<Id> condemned = new HashSet<>();
        Marks.tombstones(vault).forEach(t -> condemned.addAll(t.packs()));
        for (Map.Entry<String, String> each : gone.entrySet()) {
            String segment = each.getValue();
            // A collection takes packs before segments: both are looked for again.
            if (!condemned.contains(id(each.getKey())) && !replaced.contains(IndexWriter.id(segment))
                    && vault.store().size(segment) >= 0 && vault.store().size(each.getKey()) < 0) {
                mark(each.getKey(), Problem.OBJECT_MISSING, "The pack is missing.", marked);
            }
        }
    }

    /**
     * Tells which points the marked packs hurt. A pack whose content was stored again elsewhere hurts none and is left
     * out. Takes the whole index into memory: to be called only where something is marked.
     */
    public List<Damage> damages() throws IOException {
        TreeMap<String, Long> packs = packs();
        Set<Id> marked = Marks.damaged(vault);
        if (marked.isEmpty()) {
            return List.of();
        }
        Set<Id> present = new HashSet<>();
        packs.keySet().forEach(object -> present.add(id(object)));
        var table = new PackTable(ChunkIndex.complete(vault, Set.of(), Set.of(), PackKind.values()));
        Map<Id, PackReport> reports = new HashMap<>();
        for (Id pack : marked) {
            int number = table.number(pack);
            PackKind kind = number >= 0 ? table.index().packKind(number)
                    : packs.containsKey(PackKind.META.objectName(pack)) ? PackKind.META : PackKind.DATA;
            var report = new PackReport(kind, pack);
            boolean there = present.contains(pack);
            report.lost(there ? Problem.OBJECT_DAMAGED : Problem.OBJECT_MISSING,
                    there ? "Its bytes are not what was written." : "The pack is missing.");
            reports.put(pack, report);
        }
        var findings = new Findings();
        var points = new ArrayList<>(new Points(vault).list(Points.POINTS, false, (o, d) -> {}));
        Collections.reverse(points);
        new Conclusion(vault, findings, cancel, table, reports, present).conclude(points,
                new Points(vault).list(Points.CHECKPOINTS, false, (o, d) -> {}));
        return findings.damages().stream().filter(d -> !d.points().isEmpty()).toList();
    }
}
