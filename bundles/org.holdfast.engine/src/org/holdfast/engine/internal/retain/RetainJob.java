package org.holdfast.engine.internal.retain;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Phase;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RetainRequest;
import org.holdfast.api.vault.RetainResult;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.ProgressPublisher;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.scheduling.retention.Retention;
import org.holdfast.scheduling.retention.RetentionDecision;
import org.holdfast.scheduling.retention.RetentionPoint;
import org.holdfast.scheduling.retention.RetentionPolicy;

/** Drops recovery points by rule and collects what nothing needs any more. Used once. */
public final class RetainJob {
    private final Vault vault;
    private final RetainRequest request;
    private final ZoneId zone;
    private final ProgressSink sink;
    private final CancelToken cancel;
    private volatile Phase phase = Phase.SCANNING;

    /**
     * @param vault with keys
     * @param zone whose days and weeks the rules mean
     */
    public RetainJob(Vault vault, RetainRequest request, ZoneId zone, ProgressSink sink, CancelToken cancel) {
        this.vault = vault;
        this.request = request;
        this.zone = zone;
        this.sink = sink;
        this.cancel = cancel;
    }

    /** Runs it. */
    public RetainResult run() {
        if (request.last() < 0 || request.daily() < 0 || request.weekly() < 0 || request.monthly() < 0
                || request.yearly() < 0) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "A number of points to keep cannot be negative.", "");
        }
        var publisher = new ProgressPublisher(sink,
                () -> new ProgressPublisher.Parts(phase, 0, -1, 0, -1, 0, 0, ""));
        try (publisher) {
            return Vault.io("Retention", this::retain);
        }
    }

    private RetainResult retain() throws IOException {
        List<Points.Stored> points = new Points(vault).list(Points.POINTS, true, (o, d) -> {});
        Map<String, Points.Stored> byId = new HashMap<>();
        points.forEach(p -> byId.put(p.name().hex(), p));
        List<RetainResult.Kept> kept = new ArrayList<>();
        List<Points.Stored> going = new ArrayList<>();
        if (hasRules()) {
            decide(points, byId, kept, going);
        } else {
            points.forEach(p -> kept.add(new RetainResult.Kept(LocalOpenVault.summary(p), List.of("no rules given"))));
        }
        Set<Id> names = new HashSet<>();
        going.forEach(p -> names.add(p.name()));
        List<PointSummary> removed = going.stream().map(LocalOpenVault::summary).toList();
        var collector = new Collector(vault, cancel);
        phase = Phase.COLLECTING;
        if (request.dryRun()) {
            Collector.Result r = request.collect() ? collector.preview(names) : new Collector.Result(0, 0, 0, 0, 0);
            return new RetainResult(kept, removed, r.packsRemoved(), r.packsCompacted(), r.bytesFreed(),
                    r.packsPending());
        }
        for (Points.Stored point : going) {
            cancel.check();
            vault.store().delete(point.object());
        }
        dropOldCheckpoints(points);
        Collector.Result r = request.collect() ? collector.run() : new Collector.Result(0, 0, 0, 0, 0);
        phase = Phase.DONE;
        return new RetainResult(kept, removed, r.packsRemoved(), r.packsCompacted(), r.bytesFreed(),
                r.packsPending());
    }

    private boolean hasRules() {
        return request.last() + request.daily() + request.weekly() + request.monthly() + request.yearly() > 0;
    }

    private void decide(List<Points.Stored> points, Map<String, Points.Stored> byId, List<RetainResult.Kept> kept,
            List<Points.Stored> going) {
        var policy = new RetentionPolicy(request.last(), request.daily(), request.weekly(), request.monthly(),
                request.yearly());
        List<RetentionPoint> input = points.stream().map(RetainJob::input).toList();
        for (RetentionDecision decision : new Retention(policy, zone).decide(input, vault.clock().instant())) {
            Points.Stored point = byId.get(decision.point().id());
            if (decision.keep()) {
                kept.add(new RetainResult.Kept(LocalOpenVault.summary(point), decision.words()));
            } else {
                going.add(point);
            }
        }
    }

    private static RetentionPoint input(Points.Stored stored) {
        Manifest.Keeper k = stored.manifest().keeper();
        return new RetentionPoint(stored.name().hex(), Instant.ofEpochSecond(k.seconds(), k.nanos()),
                HexFormat.of().formatHex(k.group()), k.state() != 2,
                k.keepUntil() == 0 ? null : Instant.ofEpochSecond(k.keepUntil()));
    }

    /** A checkpoint is of no use once a complete point of its group is newer. */
    private void dropOldCheckpoints(List<Points.Stored> points) throws IOException {
        for (Points.Stored checkpoint : new Points(vault).list(Points.CHECKPOINTS, false, (o, d) -> {})) {
            Points.Stored newest = Points.latest(points, checkpoint.manifest().keeper().group());
            if (!Points.unfinished(checkpoint, newest)) {
                vault.store().delete(checkpoint.object());
            }
        }
    }
}
