package org.holdfast.cli.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Phase;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.BackupResult;
import org.holdfast.api.vault.Damage;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Excluded;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointDetails;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.api.vault.RetainRequest;
import org.holdfast.api.vault.RetainResult;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.api.vault.VerifyResult;

/** A vault that answers with what a test put into it and remembers what it was asked. */
class FakeVault implements OpenVault {
    final List<PointSummary> points = new ArrayList<>(List.of(
            Samples.point("a1", PointState.COMPLETED, 0), Samples.point("b2", PointState.COMPLETED_WITH_WARNINGS, 2)));
    final List<Entry> entries = new ArrayList<>(List.of(Samples.directory(Samples.BASE.child("sub"), 2),
            Samples.file(Samples.BASE.child("report.txt"), 1234),
            Samples.link(Samples.BASE.child("link"), "report.txt"),
            Samples.file(Samples.latin1(), 7)));
    final List<Warning> warnings = new ArrayList<>();
    final List<Damage> damages = new ArrayList<>();
    final List<KeySlotInfo> slots = new ArrayList<>(List.of(
            new KeySlotInfo("11".repeat(16), "passphrase", "", Samples.TIME, true),
            new KeySlotInfo("22".repeat(16), "recovery key", "safe", Samples.TIME, false)));
    RuntimeException failure;
    BackupRequest backup;
    RestoreRequest restore;
    RetainRequest retain;
    FindRequest find;
    Boolean verifiedData;
    String newPassphrase;
    String removedSlot;
    boolean closed;

    @Override
    public VaultInfo info() {
        return new VaultInfo("0".repeat(32), "/vault", Samples.TIME, 1, List.of(), points.size(), 1000);
    }

    @Override
    public List<PointSummary> points() {
        fail();
        return points;
    }

    @Override
    public PointSummary point(String id) {
        if (id.equals("latest")) {
            return points.getLast();
        }
        return points.stream().filter(point -> point.id().startsWith(id)).findFirst().orElseThrow(
                () -> new HoldfastException(Problem.POINT_NOT_FOUND, "There is no recovery point '" + id + "'.",
                        "See 'holdfast points'."));
    }

    @Override
    public PointDetails details(String pointId) {
        return new PointDetails(point(pointId), null,
                List.of(new Warning(Samples.latin1(), Problem.FILE_UNREADABLE, "Permission denied.")), List.of("*.tmp"),
                "holdfast 0.1.0", true);
    }

    @Override
    public Listing list(String pointId, RawPath path, int from, int max) {
        if (!path.isEmpty() && !path.equals(Samples.BASE)) {
            return new Listing(List.of(Samples.file(path.child("inner"), 1)), 1);
        }
        int end = Math.min(entries.size(), from + max);
        return new Listing(entries.subList(Math.min(from, end), end), entries.size());
    }

    @Override
    public Entry entry(String pointId, RawPath path) {
        var absolute = path.isAbsolute() ? path : Samples.BASE.resolve(path);
        return absolute.equals(Samples.BASE) ? Samples.directory(Samples.BASE, entries.size())
                : entries.stream().filter(entry -> entry.path().equals(absolute)).findFirst().orElseThrow(
                        () -> new HoldfastException(Problem.PATH_NOT_FOUND, "There is no '" + absolute + "'.", ""));
    }

    @Override
    public void find(FindRequest request, Consumer<FindHit> hits, ProgressSink progress, CancelToken cancel) {
        fail();
        find = request;
        for (var entry : entries) {
            cancel.check();
            if (entry.type() == EntryType.FILE) {
                hits.accept(new FindHit(points.getLast(), entry, 1));
            }
        }
    }

    @Override
    public BackupResult backup(BackupRequest request, ProgressSink progress, CancelToken cancel) {
        backup = request;
        run(progress, cancel);
        var state = warnings.isEmpty() ? PointState.COMPLETED : PointState.COMPLETED_WITH_WARNINGS;
        return new BackupResult(Samples.point("c3", state, warnings.size()), 10, 2, 1222, 1, 4096, 12, 3, true,
                warnings);
    }

    @Override
    public void previewExclusions(BackupRequest request, Consumer<Excluded> excluded, CancelToken cancel) {
        backup = request;
        excluded.accept(new Excluded(Samples.latin1(), false, "*.tmp"));
        excluded.accept(new Excluded(Samples.BASE.child("cache"), true, "CACHEDIR.TAG"));
    }

    @Override
    public RestoreResult restore(RestoreRequest request, ProgressSink progress, CancelToken cancel) {
        restore = request;
        run(progress, cancel);
        return new RestoreResult(request.target() == null ? RawPath.ROOT : request.target(), 5, 2, 1000, 1, 2, 3, 4,
                warnings);
    }

    @Override
    public VerifyResult verify(boolean readData, ProgressSink progress, CancelToken cancel) {
        verifiedData = readData;
        run(progress, cancel);
        return new VerifyResult(2, 20, 3, 5000, readData ? 7 : 0, true, readData, damages, 1);
    }

    @Override
    public RetainResult retain(RetainRequest request, ProgressSink progress, CancelToken cancel) {
        retain = request;
        run(progress, cancel);
        return new RetainResult(List.of(new RetainResult.Kept(points.getLast(), List.of("daily 2026-11-20"))),
                List.of(points.getFirst()), 1, 2, 3_000_000, 4);
    }

    /** What every job does: one progress, all warnings, then the failure if there is to be one. */
    private void run(ProgressSink progress, CancelToken cancel) {
        progress.progress(new Progress(Phase.TRANSFERRING, 10, 20, 1000, 2000, 300, 500, Duration.ofSeconds(2), 0,
                "/data/x"));
        warnings.forEach(progress::warning);
        cancel.check();
        fail();
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public List<KeySlotInfo> keySlots() {
        return slots;
    }

    @Override
    public void changePassphrase(char[] passphrase) {
        newPassphrase = new String(passphrase);
    }

    @Override
    public String addRecoveryKey() {
        fail();
        return "HF-KEY-1234";
    }

    @Override
    public void removeKeySlot(String slotId) {
        removedSlot = slotId;
    }

    @Override
    public void close() {
        closed = true;
    }
}
