package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.engine.internal.ProgressPublisher;
import org.holdfast.engine.internal.Threads;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.KnownIds;
import org.holdfast.engine.internal.objects.Marks;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.engine.internal.objects.MetaWriter;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Session;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.GearTable;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;

/** Makes one recovery point. Used once, by one thread. */
public final class BackupJob {
    /** Stack of threads that recurse into directories; only touched as deep as the tree goes. */
    private static final long STACK_BYTES = 512L << 20;

    private final Vault keyless;
    private final KeySource keys;
    private final Source source;
    private final BackupRequest request;
    private final String server;
    private final BackupOptions options;
    private final ProgressSink sink;
    private final CancelToken cancel;
    private final Counters counters;
    private final AtomicLong storedBytes = new AtomicLong();

    /** Waits for the keys of the vault, which may still be being derived. */
    @FunctionalInterface
    public interface KeySource {
        /** The vault with its keys. */
        Vault await();
    }

    /** What a backup produced. */
    public record Outcome(Points.Stored point, Manifest manifest, Counts counts, List<Warning> warnings,
            boolean resumed) {
        Outcome with(List<Warning> all) {
            return new Outcome(point, manifest, counts, all, resumed);
        }
    }

    /** Statistics of a backup. */
    public record Counts(long filesNew, long filesChanged, long filesUnchanged, long filesRemoved, long bytesRead,
            long newChunks, long excluded, double entropy) {
    }

    /**
     * @param keyless the vault without keys
     * @param keys waits for the keys
     * @param server name of the protected server
     */
    public BackupJob(Vault keyless, KeySource keys, Source source, BackupRequest request, String server,
            BackupOptions options, ProgressSink sink, CancelToken cancel) {
        this.keyless = keyless;
        this.keys = keys;
        this.source = source;
        this.request = request;
        this.server = server;
        this.options = options;
        this.sink = ProgressPublisher.oneAtATime(sink);
        this.cancel = cancel;
        this.counters = new Counters(this.sink);
    }

    /** Runs it; returns when the point is committed. */
    public Outcome run() {
        if (request.items().isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is nothing to back up.",
                    "Name at least one file or directory.");
        }
        for (RawPath item : request.items()) {
            if (!item.isAbsolute()) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "'" + item + "' is not an absolute path.",
                        "Items are given by absolute paths.");
            }
        }
        ItemTrie.Plan plan = ItemTrie.plan(request.items());
        var walker = new Walker(source, plan, request.exclusions(), cancel, e -> counters.excluded.increment());
        Thread walkerThread = Thread.ofPlatform().name("holdfast-walker").daemon()
                .stackSize(STACK_BYTES).start(walker);
        Instant started = keyless.clock().instant();
        long startedNanos = System.nanoTime();
        var publisher = new BackupProgress(counters, walker, storedBytes::get, sink);
        try (publisher; AfterCommit end = new AfterCommit(Session.begin(keyless), counters)) {
            Outcome outcome = new Attempt(plan, walker, end, started, startedNanos, publisher).run();
            end.close();
            return outcome.with(counters.warnings());
        } finally {
            walker.queue().stop();
            join(walkerThread);
        }
    }

    /** Whoever interrupts the waiting thread cancels the backup, which still comes to its end in good order. */
    private void join(Thread thread) {
        Threads.join(thread, cancel::cancel);
    }

    /** One run with its session. */
    private final class Attempt implements Meanwhile {
        private final ItemTrie.Plan plan;
        private final Walker walker;
        private final AfterCommit end;
        private final Session session;
        private final Instant started;
        private final long startedNanos;
        private final BackupProgress publisher;
        private final byte[] group;
        private Vault vault;
        private IndexWriter index;
        private MetaWriter meta;
        private final List<FileWorker> workers = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private WorkQueue queue;
        private TreeBuilder tree;
        private BackupContext context;
        private Points points;
        private Id previous = new Id(new byte[Id.SIZE]);
        private EarlierCheckpoints checkpoints;
        private final CheckpointTimer timer = new CheckpointTimer(options, counters.bytesRead);

        Attempt(ItemTrie.Plan plan, Walker walker, AfterCommit end, Instant started, long startedNanos,
                BackupProgress publisher) {
            this.plan = plan;
            this.walker = walker;
            this.end = end;
            this.session = end.session();
            this.started = started;
            this.startedNanos = startedNanos;
            this.publisher = publisher;
            this.group = Points.group(keyless.keeper(), server, plan.base(), plan.items());
        }

        Outcome run() {
            // Everything up to here and the next few lines needs no tenant key, so it runs while keys are derived.
            var keylessPoints = new Points(keyless);
            List<Points.Stored> all = keylessPoints.list(Points.POINTS, false, (o, d) -> {});
            if (!all.isEmpty()) {
                previous = all.getLast().name();
            }
            Points.Stored point = Points.latest(all, group);
            checkpoints = new EarlierCheckpoints(keylessPoints.list(Points.CHECKPOINTS, false, (o, d) -> {}), group,
                    point);
            var parents = new ArrayList<>(checkpoints.parents());
            boolean resumed = !parents.isEmpty();
            if (point != null) {
                parents.add(point);
            }
            Set<Id> unreliable = Vault.io("Reading marks", () -> Marks.unreliable(keyless));
            Set<Id> damaged = Vault.io("Reading marks", () -> Marks.damaged(keyless));
            ChunkIndex metaIndex = parents.isEmpty() ? null
                    : ChunkIndex.load(keyless, IndexWriter.prefix(PackKind.META), damaged);
            vault = keys.await();
            walker.queue().shrink();
            points = new Points(vault);
            index = new IndexWriter(vault);
            var known = new KnownIds(table -> ChunkIndex.loadIds(vault, unreliable, table));
            try (MetaReader reader = metaIndex == null ? null : new MetaReader(vault, metaIndex)) {
                DirectoryBody root = build(known, reader, parents, damaged);
                return commit(root, resumed);
            } catch (IOException e) {
                throw Vault.problem("Storing the backup", e);
            } finally {
                keepForResume();
                closeAll();
            }
        }

        /** Names the packs that are durable already, so that another try need not store their chunks again. */
        private void keepForResume() {
            if (index.packs() == 0) {
                return;
            }
            try {
                index.flush();
            } catch (IOException e) {
                // The backup has failed for a reason of its own, which is what is told; this was only a courtesy.
                return;
            }
        }

        private DirectoryBody build(KnownIds known, MetaReader reader, List<Points.Stored> parents, Set<Id> damaged)
                throws IOException {
            meta = new MetaWriter(vault, known, index);
            queue = new WorkQueue(4 * options.workers());
            var pool = new BufferPool(options.workers() + 2, queue::changed);
            context = new BackupContext(vault, source, counters, cancel, known, index, meta,
                    GearTable.chunker(vault.keys().chunkerKey()), pool, options.workers(),
                    request.level() == 0 ? options.defaultLevel() : request.level());
            TreeBuilder.Healing healing = new PresenceCheck(known, reader, damaged.isEmpty());
            tree = new TreeBuilder(context, walker, queue, request.changeDetection(), healing, this,
                    this::startWorkers);
            List<OldDirectory> olds = new ArrayList<>();
            for (Points.Stored parent : parents) {
                Manifest manifest = points.details(parent);
                olds.add(new OldDirectory(reader, manifest.details().root(), parent == parents.getLast()));
                publisher.expect(manifest.details().root());
                checkpoints.covers(parent, manifest.details().root());
            }
            DirectoryNode rootNode = DirectoryNode.root(plan.base(), meta);
            runTree(rootNode, olds);
            stopWorkers();
            for (FileWorker worker : workers) {
                worker.flush();
            }
            cancel.check();
            DirectoryBody root = rootNode.result();
            if (root == null) {
                throw new IllegalStateException("The tree is not complete");
            }
            if (walker.itemsFound() == 0) {
                throw new HoldfastException(Problem.PATH_NOT_FOUND,
                        "None of the items could be read: " + plan.items() + ".", "Check the paths.");
            }
            meta.finish();
            index.flush();
            return root;
        }

        /** Recursion as deep as the tree goes needs a stack of its own. */
        private void runTree(DirectoryNode rootNode, List<OldDirectory> olds) throws IOException {
            var failure = new AtomicReference<Throwable>();
            Thread thread = Thread.ofPlatform().name("holdfast-tree").stackSize(STACK_BYTES).start(() -> {
                try {
                    tree.build(rootNode, olds);
                    tree.flushBatch();
                } catch (Throwable t) {
                    failure.set(t);
                }
            });
            join(thread);
            Throwable thrown = failure.get();
            if (thrown != null) {
                queue.fail(thrown);
                stopWorkers();
                rethrow(queue.failure());
            }
        }

        private synchronized void startWorkers() {
            if (workers.isEmpty()) {
                for (int i = 0; i < options.workers(); i++) {
                    var worker = new FileWorker(context, queue);
                    workers.add(worker);
                    queue.join();
                    threads.add(Thread.ofPlatform().name("holdfast-worker-" + i).start(worker));
                }
            }
        }

        private void stopWorkers() throws IOException {
            queue.close();
            try {
                // The last file may take hours.
                while (!queue.awaitEnd(this::due)) {
                    waiting();
                }
            } catch (RuntimeException | Error e) {
                queue.fail(e);
            }
            threads.forEach(BackupJob.this::join);
            threads.clear();
            if (queue.failure() != null) {
                rethrow(queue.failure());
            }
        }

        private void rethrow(Throwable t) throws IOException {
            switch (t) {
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case InterruptedException e -> {
                    cancel.cancel();
                    cancel.check();
                }
                default -> throw new IllegalStateException(t);
            }
        }

        @Override
        public void tick() {
            renew();
            if (timer.due()) {
                checkpoint();
            }
        }

        @Override
        public void waiting() {
            renew();
            if (due()) {
                checkpoint();
            }
        }

        /** Small files are done soon; it is for large ones that a checkpoint cannot wait until they are. */
        @Override
        public boolean due() {
            return timer.dueAgain() && queue.isReading();
        }

        private void renew() {
            storedBytes.set(index.storedBytes());
            Vault.io("Renewing the session", () -> {
                session.renew();
                return null;
            });
        }

        private void checkpoint() {
            timer.restart();
            Vault.io("Storing a checkpoint", () -> {
                storeCheckpoint();
                return null;
            });
        }

        private void storeCheckpoint() throws IOException {
            DirectoryBody root = Checkpoints.take(tree, queue, workers, this::renew);
            if (root == null || root.pages().isEmpty()) {
                return;
            }
            meta.finish();
            index.flush();
            session.requireAlive();
            Points.Stored stored = points.commit(Points.CHECKPOINTS, manifest(Manifest.CHECKPOINT, root));
            checkpoints.replaceBy(stored, root, vault.store());
            options.afterCheckpoint().run();
        }

        private Manifest manifest(int kind, DirectoryBody root) {
            var made = new ManifestMaker(server, plan, request, options.program(), group, previous);
            return made.make(kind, root, started, Duration.ofNanos(System.nanoTime() - startedNanos),
                    index.storedBytes(), counters);
        }

        private Outcome commit(DirectoryBody root, boolean resumed) throws IOException {
            storedBytes.set(index.storedBytes());
            publisher.committing();
            cancel.check();
            session.requireAlive();
            Manifest manifest = manifest(Manifest.POINT, root);
            Points.Stored stored = points.commit(Points.POINTS, manifest);
            end.committed(() -> checkpoints.remove(vault.store()));
            return new Outcome(stored, manifest, counters.counts(), counters.warnings(), resumed);
        }

        private void closeAll() {
            if (tree != null) {
                // After a failure there are files that nobody will read any more.
                tree.held().forEach(FileTask::forget);
                queue.queued().forEach(FileTask::forget);
            }
            for (FileWorker worker : workers) {
                Vault.io("Closing", () -> {
                    worker.close();
                    return null;
                });
            }
            if (meta != null) {
                Vault.io("Closing", () -> {
                    meta.close();
                    return null;
                });
            }
        }
    }
}
