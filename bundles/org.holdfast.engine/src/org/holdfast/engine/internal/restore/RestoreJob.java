package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Phase;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFullException;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.ProgressPublisher;
import org.holdfast.engine.internal.Threads;
import org.holdfast.engine.internal.browse.PointTree;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Manifest;

/**
 * Restores a recovery point or parts of one. Everything that can be restored is; what cannot is told by path. Running
 * it again after it was interrupted goes on where it stopped. Used once, by one thread.
 */
public final class RestoreJob {
    private static final long CACHE_PER_WORKER = 8L << 20;
    /** Warming the cipher up pays from about here. */
    private static final long WORTH_WARMING = 32L << 20;

    private final Vault vault;
    private final ChunkIndex index;
    private final String pointId;
    private final Manifest manifest;
    private final RestoreRequest request;
    private final SourceProvider files;
    private final CancelToken cancel;
    private final ProgressSink sink;
    private final RestoreCounters counters;
    private final int workers = Runtime.getRuntime().availableProcessors();
    private volatile Phase phase = Phase.OPENING;
    private volatile Selection.@Nullable Totals totals;

    /**
     * @param index where chunks are
     * @param manifest of the point, with its details
     * @param files where to restore to
     */
    public RestoreJob(Vault vault, ChunkIndex index, String pointId, Manifest manifest, RestoreRequest request,
            SourceProvider files, ProgressSink sink, CancelToken cancel) {
        this.vault = vault;
        this.index = index;
        this.pointId = pointId;
        this.manifest = manifest;
        this.request = request;
        this.files = files;
        this.sink = ProgressPublisher.oneAtATime(sink);
        this.cancel = cancel;
        this.counters = new RestoreCounters(this.sink);
    }

    /**
     * Runs it.
     *
     * @throws HoldfastException when a path is not in the point, the target cannot be used or is full, or on cancel
     */
    public RestoreResult run() {
        RawPath base = RawPath.of(manifest.details().base());
        RawPath target = request.target() == null ? base : request.target();
        if (!target.isAbsolute()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + target + "' is not an absolute path.",
                    "Give the directory to restore to by its absolute path.");
        }
        try (MetaReader reader = new MetaReader(vault, index)) {
            var tree = new PointTree(reader, manifest.details());
            Selection.Resolved resolved = Vault.io("Finding what to restore",
                    () -> Selection.resolve(tree, request.include()));
            totals = resolved.totals();
            try (var publisher = new ProgressPublisher(sink, () -> progress(base))) {
                if (request.dryRun()) {
                    new DryRun(vault, index, request, files, names(), counters, cancel).run(tree, target,
                            resolved.selection());
                } else {
                    restore(reader, tree, target, resolved.selection());
                }
                phase = Phase.DONE;
            }
        }
        return counters.result(target);
    }

    private Names names() {
        return new Names(pointId, Instant.ofEpochSecond(manifest.keeper().seconds()));
    }

    private ProgressPublisher.Parts progress(RawPath base) {
        Selection.Totals all = totals;
        TargetNode current = counters.current;
        return new ProgressPublisher.Parts(phase, counters.doneFiles.sum(), all == null ? -1 : all.files(),
                counters.doneBytes.sum(), all == null ? -1 : all.bytes(), 0, counters.warningCount(),
                current == null ? "" : current.path(base).toString());
    }

    private void restore(MetaReader reader, PointTree tree, RawPath target, Selection selection) {
        try (RestoreTarget open = files.openTarget(target); TargetDirectory root = open.root()) {
            restore(reader, tree, open, root, selection);
        } catch (TargetFullException e) {
            throw new HoldfastException(Problem.FILE_NOT_RESTORED, "There is no room left in '" + target + "': "
                    + e.getMessage() + ".",
                    "Make room there and run the same restore again: it goes on where it"
                            + " stopped.",
                    e);
        } catch (AccessDeniedException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Access to '" + target + "' is denied.",
                    "Restore to a directory you may write to, or as a user who may.", e);
        } catch (NotDirectoryException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + target + "' is not a directory.",
                    "Restore to a directory.", e);
        } catch (IOException e) {
            throw new HoldfastException(Problem.FILE_NOT_RESTORED, Reasons.of("Restoring to '" + target + "' failed",
                    e), "Check the file system there and run the same restore again: it goes on where it stopped.", e);
        }
    }

    private void restore(MetaReader reader, PointTree tree, RestoreTarget open, TargetDirectory root,
            Selection selection) throws IOException {
        try (var journal = new Journal(root, pointId)) {
            var queue = new WorkQueue(2 * workers);
            var context = new RestoreContext(vault, index, request, tree.base(), root, journal, names(),
                    new BlobCache(CACHE_PER_WORKER * workers), queue, counters, cancel);
            var owners = new Owners(open, request.owners(), request.permissions(), journal.owner(),
                    journal::groupAllowed);
            phase = Phase.TRANSFERRING;
            boolean tidy = false;
            try {
                transfer(new TreeWalk(context, reader, owners), context, tree, open.root(), selection);
                phase = Phase.COMMITTING;
                if (owners.anyMissed()) {
                    counters.warn(tree.base(), Problem.METADATA_NOT_RESTORED, "Owners were not restored, because this"
                            + " process has no right to give files to others. Run as root to restore owners.");
                }
                tidy = true;
            } catch (HoldfastException | TargetFullException e) {
                tidy = true; // what was in flight has been removed
                throw e;
            } finally {
                if (tidy) {
                    journal.remove();
                }
            }
            open.sync();
        }
    }

    private void transfer(TreeWalk walk, RestoreContext context, PointTree tree, TargetDirectory rootHandle,
            Selection selection) throws IOException {
        WorkQueue queue = context.queue();
        TargetNode root = TargetNode.root(rootHandle);
        context.opened(root);
        List<Worker> crew = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try {
            Selection.Totals all = totals;
            boolean warm = all != null && all.bytes() >= WORTH_WARMING;
            for (int i = 0; i < workers; i++) {
                var worker = new Worker(context, warm && i == 0 ? Xaes256Gcm::prewarm : () -> {});
                crew.add(worker);
                threads.add(Thread.ofPlatform().daemon().name("holdfast-restore-" + i).start(worker));
            }
            walk.run(root, tree.root(), selection);
        } catch (IOException | RuntimeException | Error e) {
            queue.fail(e);
        } finally {
            queue.close();
            threads.forEach(thread -> Threads.join(thread, () -> queue.fail(new InterruptedException())));
            crew.forEach(Worker::close);
            queue.unfinished().forEach(LargeFile::abandon);
            context.abandon();
        }
        rethrow(queue.failure());
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case InterruptedException e -> throw new HoldfastException(Problem.CANCELLED,
                    "The restore was interrupted.", "", e);
            default -> throw new IllegalStateException(failure);
        }
    }
}
