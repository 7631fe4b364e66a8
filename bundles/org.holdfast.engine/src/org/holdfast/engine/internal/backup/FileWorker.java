package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.Warning;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.crypto.ContentHasher;
import org.holdfast.engine.internal.objects.BlobBuilder;
import org.holdfast.format.AttributeSet;
import org.holdfast.format.Body;
import org.holdfast.format.Chunker;
import org.holdfast.format.Content;
import org.holdfast.format.ContentType;
import org.holdfast.format.Id;
import org.holdfast.format.Page;

/**
 * Reads files, cuts them, names the chunks and stores the new ones. One per core; everything a chunk passes through
 * belongs to the worker, so the hot path takes no lock and allocates nothing per chunk.
 */
final class FileWorker implements Runnable, AutoCloseable {
    /** Files up to this size are read whole into the worker's buffer. */
    static final int SMALL_MAX = 1 << 20;
    static final String TOO_MANY_ATTRIBUTES = "Its extended attributes are too large to be kept.";
    private static final byte[] NO_REFS = new byte[0];

    private final BackupContext context;
    private final WorkQueue queue;
    private final ContentHasher hasher;
    private final BlobBuilder blobs;
    private final EntropyMeter entropy;
    private final byte[] buffer = new byte[SMALL_MAX + 1];
    private final StatTable stat = new StatTable();
    private final byte[] id = new byte[Id.SIZE];
    private final SegmentsBuilder segments = new SegmentsBuilder();
    private List<FileTask> batch = List.of();
    /** How many of the batch were begun with. */
    private int done;

    FileWorker(BackupContext context, WorkQueue queue) {
        this.context = context;
        this.queue = queue;
        this.hasher = new ContentHasher(context.vault().keys().contentIdKey());
        this.blobs = context.newBlobBuilder();
        this.entropy = new EntropyMeter(context.counters());
    }

    @Override
    public void run() {
        try {
            Object work;
            while ((work = queue.take()) != null) {
                if (work instanceof WorkQueue.ChunkTask chunk) {
                    chunk.run(this);
                    continue;
                }
                @SuppressWarnings("unchecked") var tasks = (List<FileTask>) work;
                batch = tasks;
                for (done = 0; done < tasks.size();) {
                    context.cancel().check();
                    file(tasks.get(done++));
                }
                batch = List.of();
            }
        } catch (WorkQueue.Aborted e) {
            // Somebody else failed and has said so.
            queue.changed();
        } catch (IOException | RuntimeException | Error e) {
            queue.fail(e);
        } finally {
            batch.subList(Math.min(done, batch.size()), batch.size()).forEach(FileTask::forget);
            queue.leave();
        }
    }

    /** What it is at, done or not. Only while it stands still. */
    List<FileTask> batch() {
        return batch;
    }

    CancelToken cancel() {
        return context.cancel();
    }

    WorkQueue queue() {
        return queue;
    }

    BackupContext context() {
        return context;
    }

    /** Stores what is gathered and makes it durable. Only while the worker waits for work, or after it ended. */
    void flush() throws IOException {
        blobs.finish();
    }

    private void file(FileTask task) throws IOException {
        Counters counters = context.counters();
        try {
            Content content = read(task);
            task.page().builder().set(task.row(), content);
            (task.before() ? counters.filesChanged : counters.filesNew).increment();
        } catch (SourceFailure failure) {
            counters.warn(failure.warning);
            task.page().builder().drop(task.row());
        } finally {
            task.directory().close();
        }
        counters.files.increment();
        task.page().complete();
    }

    /** A file that cannot be read: reported, not fatal. Failures of the store are, and pass through. */
    private static final class SourceFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Warning warning;

        SourceFailure(Warning warning) {
            super(null, null, false, false);
            this.warning = warning;
        }
    }

    private static SourceFailure failure(FileTask task, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new SourceFailure(new Warning(task.path(), Problem.FILE_VANISHED,
                    "The file was gone when it was its turn to be read."));
        }
        String reason = e instanceof AccessDeniedException ? "Access was denied."
                : "It could not be read: "
                        + e.getMessage() + ".";
        return new SourceFailure(new Warning(task.path(), Problem.FILE_UNREADABLE, reason));
    }

    private Content read(FileTask task) throws SourceFailure, IOException {
        SourceFile file;
        try {
            file = task.directory().openFile(task.name());
        } catch (IOException e) {
            throw failure(task, e);
        }
        try (file) {
            attributes(task, file);
            FileStat known = task.known();
            if (known.size() > SMALL_MAX || known.sparse()) {
                return large(task, file, known, task.begun());
            }
            for (int attempt = 0;; attempt++) {
                int n;
                try {
                    n = readWhole(file, known.size());
                    if (n > SMALL_MAX) {
                        return large(task, file, refresh(task, file), null);
                    }
                    file.stat(stat);
                } catch (IOException e) {
                    throw failure(task, e);
                }
                boolean stable = known.sameVersion(stat, 0) && n == known.size();
                if (stable || attempt == 2) {
                    if (!stable) {
                        changed(task, FileStat.of(stat, 0), n);
                    }
                    return small(n);
                }
                // It changed between scan and now; what counts is that it stays as it is while it is read.
                known = FileStat.of(stat, 0);
                correct(task, known, 0);
            }
        }
    }

    private void attributes(FileTask task, SourceFile file) {
        try {
            List<ExtendedAttribute> list = file.attributes();
            byte[] set = list.isEmpty() ? AttributeSet.NONE : encode(list);
            if (set.length > AttributeSet.MAX_BYTES) {
                context.counters().warn(new Warning(task.path(), Problem.FILE_UNREADABLE, TOO_MANY_ATTRIBUTES));
            } else {
                task.page().builder().attributes(task.row(), set);
            }
        } catch (IOException e) {
            context.counters().warn(new Warning(task.path(), Problem.FILE_UNREADABLE,
                    "Its extended attributes could not be read: " + e.getMessage() + "."));
        }
    }

    static byte[] encode(List<ExtendedAttribute> list) {
        var set = new AttributeSet.Builder();
        list.forEach(a -> set.add(a.name(), a.value()));
        return set.build();
    }

    private int readWhole(SourceFile file, long expected) throws IOException {
        int n = 0;
        while (n < buffer.length) {
            // One byte more than expected tells growth from the end in a single read.
            int want = n <= expected ? (int) Math.min(buffer.length, expected + 1) - n : buffer.length - n;
            int got = file.read(n, buffer, n, Math.max(1, want));
            if (got == 0) {
                break;
            }
            n += got;
            if (got < want && n >= expected) {
                break;
            }
        }
        context.counters().bytesRead.add(n);
        context.counters().bytes.add(n);
        return n;
    }

    private FileStat refresh(FileTask task, SourceFile file) throws SourceFailure {
        try {
            file.stat(stat);
        } catch (IOException e) {
            throw failure(task, e);
        }
        FileStat now = FileStat.of(stat, 0);
        correct(task, now, 0);
        return now;
    }

    private void correct(FileTask task, FileStat now, int flag) {
        context.correct(task, now, flag);
    }

    private void changed(FileTask task, FileStat now, long size) {
        context.counters().warn(new Warning(task.path(), Problem.FILE_CHANGED,
                "The file changed while it was read; the recovery point has what was read."));
        context.correct(task, new FileStat(now.mode(), now.uid(), now.gid(), now.links(), size, now.mtime(),
                now.mtimeNanos(), now.ctime(), now.ctimeNanos(), now.inode(), now.device(), now.blocks()),
                Page.INCONSISTENT);
    }

    private Content small(int n) throws IOException {
        if (n == 0) {
            return Content.NONE;
        }
        if (n <= Body.INLINE_MAX) {
            return Content.inline(buffer, 0, n);
        }
        if (n <= Chunker.MIN) {
            chunk(buffer, 0, n, id, 0);
            return Content.single(id.clone());
        }
        segments.clear();
        Chunker chunker = context.chunker();
        int at = 0;
        while (at < n) {
            int zeros = buffer[at] == 0 ? Chunker.zeroRun(buffer, at, n) : 0;
            if (zeros >= Chunker.MIN) {
                segments.add(Body.ZERO, zeros, null);
                at += zeros;
                continue;
            }
            int length = chunker.cut(buffer, at, n);
            chunk(buffer, at, length, id, 0);
            segments.add(Body.CHUNK, length, id);
            at += length;
        }
        return segments.build();
    }

    /** Names a chunk and stores it when it is new. */
    void chunk(byte[] data, int from, int length, byte[] out, int outAt) throws IOException {
        hasher.hash(ContentType.DATA, data, from, length, out, outAt);
        if (context.known().claim(out, outAt)) {
            context.counters().newChunks.increment();
            entropy.chunk(data, from, length);
            blobs.add(ContentType.DATA, out, outAt, data, from, length, NO_REFS, 0);
        }
    }

    /** Whether an open file still is the version that its metadata are of. */
    boolean shows(SourceFile file, FileStat known) {
        try {
            file.stat(stat);
            return known.sameVersion(stat, 0);
        } catch (IOException e) {
            // Whatever the reason, nobody can say that it is.
            return false;
        }
    }

    private Content large(FileTask task, SourceFile file, FileStat known, @Nullable PartialFile begun)
            throws SourceFailure, IOException {
        var reader = new LargeFile(this, task, file, known);
        if (begun != null && shows(file, known)) {
            reader.resume(begun);
        }
        Content content;
        try {
            content = reader.read();
        } catch (LargeFile.ReadFailure e) {
            throw failure(task, e.failure);
        }
        try {
            file.stat(stat);
        } catch (IOException e) {
            throw failure(task, e);
        }
        int sparse = known.sparse() ? Page.SPARSE : 0;
        if (!known.sameVersion(stat, 0) || reader.size() != known.size()) {
            FileStat now = FileStat.of(stat, 0);
            changed(task, now, reader.size());
        } else if (sparse != 0) {
            correct(task, known, sparse);
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        hasher.close();
        blobs.close();
    }
}
