package org.holdfast.engine.internal.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Id;
import org.holdfast.format.PackKind;

/**
 * Follows all references from the recovery points and says what is not needed and what is hurt. A damaged pack counts
 * only for chunks that no sound pack has, so what a backup has stored again is healed.
 */
final class Conclusion implements Impact.Owner {
    private final Vault vault;
    private final Findings findings;
    private final CancelToken cancel;
    private final PackTable table;
    private final Map<Id, PackReport> reports;
    private final Set<Id> present;
    private final Map<Id, Finding> byPack = new HashMap<>();
    private final Set<Id> needed = new HashSet<>();
    private ChunkIndex index;
    private @Nullable Finding nowhere;

    /**
     * @param table the whole index
     * @param reports packs with which something is wrong
     * @param present packs that are there
     */
    Conclusion(Vault vault, Findings findings, CancelToken cancel, PackTable table, Map<Id, PackReport> reports,
            Set<Id> present) {
        this.vault = vault;
        this.findings = findings;
        this.cancel = cancel;
        this.table = table;
        this.reports = reports;
        this.present = present;
        this.index = table.index();
    }

    /**
     * Concludes.
     *
     * @param points recovery points, newest first
     * @return number of packs that nothing needs
     */
    long conclude(List<Points.Stored> points, List<Points.Stored> checkpoints) throws IOException {
        if (!reports.isEmpty()) {
            index = ChunkIndex.complete(vault, missingPacks(), reports.keySet(), PackKind.values());
        }
        BitSet bad = badChunks();
        ReferenceGraph graph = ReferenceGraph.build(vault, index, lostMetadata(), cancel);
        List<Id> roots = new ArrayList<>();
        points.forEach(point -> roots.addAll(point.manifest().keeper().roots()));
        checkpoints.forEach(checkpoint -> roots.addAll(checkpoint.manifest().keeper().roots()));
        ReferenceGraph.Reach reach = graph.reach(roots);
        for (int c = reach.chunks().nextSetBit(0); c >= 0; c = reach.chunks().nextSetBit(c + 1)) {
            needed.add(index.packName(index.packOf(index.blobOf(c))));
        }
        for (Id chunk : reach.missing()) {
            Id pack = lastKnownPack(chunk);
            if (pack != null) {
                needed.add(pack);
            }
        }
        for (PackReport report : reports.values()) {
            if (needed.contains(report.name())) {
                byPack.put(report.name(), findings.add(report.object(), problem(report), report.detail()));
            }
        }
        if (bad.intersects(reach.chunks()) || !reach.missing().isEmpty()) {
            hurt(points, graph, reach, bad);
        }
        return present.stream().filter(pack -> !needed.contains(pack)).count();
    }

    private static Problem problem(PackReport report) {
        Problem problem = report.problem();
        return problem == null ? Problem.OBJECT_DAMAGED : problem;
    }

    private void hurt(List<Points.Stored> points, ReferenceGraph graph, ReferenceGraph.Reach reach, BitSet bad)
            throws IOException {
        var impact = new Impact(index, graph, reach.chunks(), bad, this, cancel);
        List<Points.Stored> there = new ArrayList<>();
        for (Points.Stored point : points) {
            if (vault.store().size(point.object()) >= 0) { // else retention has removed it meanwhile
                there.add(point);
            }
        }
        List<Points.Stored> hurt = impact.points(there);
        if (vault.keys() != null) {
            impact.files(vault, hurt);
        }
    }

    private Set<Id> missingPacks() {
        Set<Id> missing = new HashSet<>();
        reports.values().stream().filter(r -> r.problem() == Problem.OBJECT_MISSING)
                .forEach(r -> missing.add(r.name()));
        return missing;
    }

    private Set<Id> lostMetadata() {
        Set<Id> lost = new HashSet<>();
        reports.values().stream().filter(r -> r.isLost() && r.kind() == PackKind.META)
                .forEach(r -> lost.add(r.name()));
        return lost;
    }

    private BitSet badChunks() {
        var blobs = new BitSet(index.blobs());
        for (int blob = 0; !reports.isEmpty() && blob < index.blobs(); blob++) {
            PackReport report = reports.get(index.packName(index.packOf(blob)));
            if (report != null && !report.isGood(index.blobOffset(blob))) {
                blobs.set(blob);
            }
        }
        return VerifyJob.chunksOf(index, blobs);
    }

    private @Nullable Id lastKnownPack(Id chunk) {
        int number = table.index().find(chunk.bytes(), 0);
        return number < 0 ? null : table.index().packName(table.index().packOf(table.index().blobOf(number)));
    }

    @Override
    public Finding ofBad(int chunk) {
        return byPack.get(index.packName(index.packOf(index.blobOf(chunk))));
    }

    @Override
    public Finding ofMissing(Id chunk, Points.Stored newest) {
        Id pack = lastKnownPack(chunk);
        Finding finding = pack == null ? null : byPack.get(pack);
        if (finding == null) {
            if (nowhere == null) {
                nowhere = findings.add(newest.object(), Problem.OBJECT_MISSING,
                        "Content that it refers to is in no pack of the vault.");
            }
            finding = nowhere;
        }
        return finding;
    }

    /** Packs that something needs. */
    Set<Id> needed() {
        return needed;
    }
}
