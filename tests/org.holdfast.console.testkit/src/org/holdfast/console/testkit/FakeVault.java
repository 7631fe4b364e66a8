package org.holdfast.console.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Phase;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.Excluded;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointDetails;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.RetainRequest;
import org.holdfast.api.vault.RetainResult;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.api.vault.VerifyResult;

/** An open vault in memory that remembers what it was asked. */
public final class FakeVault implements OpenVault {
    /** A page that was asked for. */
    public record Page(String pointId, RawPath path, int from, int max) {
    }

    /** Held by {@link #list}. */
    public final Gate listing = new Gate();
    /** Held by {@link #find} after its first hit. */
    public final Gate finding = new Gate();
    /** Held by {@link #read}. */
    public final Gate reading = new Gate();
    /** Held by {@link #restore} after its first progress. */
    public final Gate restoring = new Gate();

    private final String location;
    private final List<FakePoint> points = new CopyOnWriteArrayList<>();
    private final List<Page> pages = new CopyOnWriteArrayList<>();
    private final List<RawPath> reads = new CopyOnWriteArrayList<>();
    private final List<FindRequest> searches = new CopyOnWriteArrayList<>();
    private final List<RestoreRequest> restores = new CopyOnWriteArrayList<>();
    private volatile Function<RestoreRequest, RestoreResult> outcome = FakeVault::usual;
    private volatile HoldfastException listFailure;
    private volatile HoldfastException findFailure;
    private volatile Function<RawPath, byte[]> files = path -> new byte[0];
    private volatile boolean closed;

    /** @param points oldest first */
    public FakeVault(String location, List<FakePoint> points) {
        this.location = location;
        this.points.addAll(points);
    }

    /** Adds a point as a backup would. */
    public void add(FakePoint point) {
        points.add(point);
    }

    /** Every page asked for. */
    public List<Page> pages() {
        return pages;
    }

    /** Every search asked for. */
    public List<FindRequest> searches() {
        return searches;
    }

    /** Every restore asked for, dry ones included. */
    public List<RestoreRequest> restores() {
        return restores;
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    /** Decides what restores give, or throw. */
    public void restoresGive(Function<RestoreRequest, RestoreResult> function) {
        outcome = function;
    }

    /** Makes listing fail, or work again with null. */
    public void listingFails(HoldfastException failure) {
        listFailure = failure;
    }

    /** Makes searches fail, or work again with null. */
    public void findingFails(HoldfastException failure) {
        findFailure = failure;
    }

    /** What a restore gives when nobody decided otherwise. */
    public static RestoreResult usual(RestoreRequest request) {
        RawPath target = request.target() == null ? RawPath.ROOT : request.target();
        return new RestoreResult(target, 12, 3, 34_567_890, 1, 0, 2, 0, List.of());
    }

    @Override
    public VaultInfo info() {
        return new VaultInfo(String.format("%032x", location.hashCode()), location,
                Instant.parse("2026-01-01T00:00:00Z"), 1, List.of(), points.size(), 7_300_000_000L);
    }

    @Override
    public List<PointSummary> points() {
        listing.pass(new CancelToken());
        return points.stream().map(FakePoint::summary).toList();
    }

    @Override
    public PointSummary point(String id) {
        return find(id).summary();
    }

    @Override
    public PointDetails details(String pointId) {
        return new PointDetails(find(pointId).summary(), null, List.of(), List.of(), "holdfast test", true);
    }

    @Override
    public Listing list(String pointId, RawPath path, int from, int max) {
        listing.pass(new CancelToken());
        pages.add(new Page(pointId, path, from, max));
        HoldfastException failure = listFailure;
        if (failure != null) {
            throw failure;
        }
        return find(pointId).list(path, from, max);
    }

    @Override
    public Entry entry(String pointId, RawPath path) {
        return find(pointId).entry(path);
    }

    /** Decides what files hold; throws when a file cannot be read. */
    public void filesHold(Function<RawPath, byte[]> function) {
        files = function;
    }

    /** Paths of files that were read, in order. */
    public List<RawPath> reads() {
        return reads;
    }

    @Override
    public byte[] read(String pointId, RawPath path, long from, int most, CancelToken cancel) {
        reads.add(path);
        reading.pass(cancel);
        byte[] all = files.apply(path);
        return Arrays.copyOfRange(all, (int) Math.min(from, all.length), (int) Math.min(from + most, all.length));
    }

    @Override
    public void find(FindRequest request, Consumer<FindHit> hits, ProgressSink progress, CancelToken cancel) {
        searches.add(request);
        HoldfastException failure = findFailure;
        if (failure != null) {
            throw failure;
        }
        String wanted = request.pattern().replace("*", "").toLowerCase(java.util.Locale.ROOT);
        for (FakePoint point : points.reversed()) {
            if (!request.pointIds().isEmpty() && !request.pointIds().contains(point.summary().id())) {
                continue;
            }
            for (Entry entry : point.entries()) {
                boolean sized = (request.minSize() < 0 || entry.size() >= request.minSize())
                        && (request.maxSize() < 0 || entry.size() <= request.maxSize());
                if (sized && entry.name().toLowerCase(java.util.Locale.ROOT).contains(wanted)) {
                    hits.accept(new FindHit(point.summary(), entry, 0));
                    finding.pass(cancel);
                }
                cancel.check();
            }
        }
    }

    @Override
    public RestoreResult restore(RestoreRequest request, ProgressSink progress, CancelToken cancel) {
        restores.add(request);
        progress.progress(new Progress(Phase.TRANSFERRING, 3, 12, 10_000_000, 34_567_890, 0, 5_000_000, null, 0,
                "/srv/shares/finance/report.ods"));
        restoring.pass(cancel);
        return outcome.apply(request);
    }

    @Override
    public void close() {
        closed = true;
    }

    private FakePoint find(String id) {
        var matching = new ArrayList<>(points.stream().filter(p -> p.summary().id().startsWith(id)).toList());
        if (matching.size() != 1) {
            throw new HoldfastException(Problem.POINT_NOT_FOUND, "There is no recovery point '" + id + "'.",
                    "List the points.");
        }
        return matching.getFirst();
    }

    @Override
    public BackupResult backup(BackupRequest request, ProgressSink progress, CancelToken cancel) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void previewExclusions(BackupRequest request, Consumer<Excluded> excluded, CancelToken cancel) {
        throw new UnsupportedOperationException();
    }

    @Override
    public VerifyResult verify(boolean readData, ProgressSink progress, CancelToken cancel) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RetainResult retain(RetainRequest request, ProgressSink progress, CancelToken cancel) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<KeySlotInfo> keySlots() {
        return List.of();
    }

    @Override
    public void changePassphrase(char[] newPassphrase) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String addRecoveryKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeKeySlot(String slotId) {
        throw new UnsupportedOperationException();
    }
}
