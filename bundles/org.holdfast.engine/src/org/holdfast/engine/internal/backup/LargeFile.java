package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.format.Body;
import org.holdfast.format.Chunker;
import org.holdfast.format.Content;
import org.holdfast.format.Id;

/**
 * Reads one large file: the worker that got it reads and cuts, and every worker, this one included, hashes and stores
 * the chunks. Memory is a few buffers and the segments that are not yet in a list of their own.
 */
final class LargeFile {
    private final FileWorker worker;
    private final BackupContext context;
    private final SourceFile file;
    private final FileStat known;
    private final ArrayDeque<Segment> open = new ArrayDeque<>();
    private final FileTask task;
    private final ContentBuilder content;
    private long size;
    private boolean unchanged;

    /** A failure to read the source, apart from a failure to store. */
    static final class ReadFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient IOException failure;

        ReadFailure(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** A segment whose chunk may still be at work. */
    private static final class Segment implements WorkQueue.ChunkTask {
        private final LargeFile owner;
        private final int kind;
        private final long length;
        private final ReadBuffer buffer;
        private final int from;
        private final byte[] id;
        private volatile boolean done;

        Segment(LargeFile owner, int kind, long length, ReadBuffer buffer, int from) {
            this.owner = owner;
            this.kind = kind;
            this.length = length;
            this.buffer = buffer;
            this.from = from;
            this.id = kind == Body.CHUNK ? new byte[Id.SIZE] : null;
            this.done = kind != Body.CHUNK;
        }

        @Override
        public void run(FileWorker by) throws IOException {
            by.chunk(buffer.bytes, from, (int) length, id, 0);
            owner.context.counters().bytes.add(length);
            done = true;
            buffer.release();
            by.queue().changed();
        }
    }

    /** A buffer shared by the chunks in it; back in the pool when the last one is done. */
    static final class ReadBuffer {
        /** Room for a chunk of the largest size, or for several as they usually are. */
        static final int BYTES = Chunker.MAX + Chunker.AVERAGE;
        final byte[] bytes = new byte[BYTES];
        private final BufferPool pool;
        private final AtomicInteger users = new AtomicInteger();

        ReadBuffer(BufferPool pool) {
            this.pool = pool;
        }

        void retain() {
            users.incrementAndGet();
        }

        void release() {
            if (users.decrementAndGet() == 0) {
                pool.give(this);
            }
        }
    }

    LargeFile(FileWorker worker, FileTask task, SourceFile file, FileStat known) {
        this.worker = worker;
        this.task = task;
        this.context = worker.context();
        this.file = file;
        this.known = known;
        this.content = new ContentBuilder(context.meta());
    }

    /** Its entry in the tree. */
    FileTask task() {
        return task;
    }

    /** Goes on where an earlier backup was; to be called before {@link #read}. */
    void resume(PartialFile from) {
        content.resume(from);
        size = from.position();
        context.counters().bytes.add(size);
    }

    /**
     * What has been read so far, for a checkpoint; null when that is nothing, or not of the version that the entry
     * describes. Only while the worker stands still in {@link #standStill}.
     */
    @Nullable
    Content soFar() throws IOException {
        return unchanged && size > 0 && size < known.size() ? content.partial(known.size() - size) : null;
    }

    /** Bytes the file turned out to have. */
    long size() {
        return size;
    }

    Content read() throws IOException {
        worker.queue().reading(1);
        try {
            if (known.sparse()) {
                long at = size;
                while (at < known.size()) {
                    long data = source(() -> file.nextData(size));
                    if (data < 0) {
                        hole(known.size() - at);
                        break;
                    }
                    if (data > at) {
                        hole(data - at);
                    }
                    long end = source(() -> file.nextHole(size));
                    extent(size, Math.max(end, size + 1));
                    at = size;
                    if (at < end) {
                        break;
                    }
                }
            } else {
                // A file that grows as fast as it is read would never end. One that has more than it says, as some
                // file systems have, is read to its end.
                extent(size, known.size() > FileWorker.SMALL_MAX ? known.size() : Long.MAX_VALUE);
            }
            settle(0);
            return content.content();
        } catch (ReadFailure e) {
            abandon();
            throw e;
        } finally {
            worker.queue().reading(-1);
        }
    }

    private interface SourceCall {
        long run() throws IOException;
    }

    private static long source(SourceCall call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw new ReadFailure(e);
        }
    }

    private void hole(long length) throws IOException {
        add(new Segment(this, Body.HOLE, length, null, 0));
        size += length;
        context.counters().bytes.add(length);
    }

    /** Reads and cuts from {@code start} to {@code end} or the end of the file. */
    private void extent(long start, long end) throws IOException {
        Chunker chunker = context.chunker();
        long at = start;
        ReadBuffer buffer = take();
        int filled = 0;
        int cut = 0;
        boolean ended = false;
        try {
            while (true) {
                if (worker.queue().stopping()) {
                    standStill();
                }
                while (!ended && filled < ReadBuffer.BYTES) {
                    worker.cancel().check();
                    int want = (int) Math.min(ReadBuffer.BYTES - filled, end - at);
                    int got = want == 0 ? 0 : readSome(at, buffer, filled, want);
                    ended = got == 0;
                    filled += got;
                    at += got;
                }
                int length;
                while (filled > cut && (length = segment(chunker, buffer, cut, filled, ended)) > 0) {
                    cut += length;
                }
                if (ended && cut == filled) {
                    return;
                }
                ReadBuffer next = take();
                int rest = filled - cut;
                System.arraycopy(buffer.bytes, cut, next.bytes, 0, rest);
                buffer.release();
                buffer = next;
                filled = rest;
                cut = 0;
            }
        } finally {
            buffer.release();
        }
    }

    /** Waits between two segments, with all before them stored, until a checkpoint has been made. */
    private void standStill() throws IOException {
        settle(0);
        unchanged = worker.shows(file, known);
        worker.queue().park(this);
    }

    private int readSome(long at, ReadBuffer buffer, int filled, int want) {
        int got = (int) source(() -> file.read(at, buffer.bytes, filled, want));
        context.counters().bytesRead.add(got);
        return got;
    }

    /** Cuts the next segment; 0 when that needs more data. */
    private int segment(Chunker chunker, ReadBuffer buffer, int from, int to, boolean ended) throws IOException {
        byte[] bytes = buffer.bytes;
        int zeros = bytes[from] == 0 ? Chunker.zeroRun(bytes, from, to) : 0;
        int length;
        if (zeros == to - from && zeros < Chunker.MIN && !ended) {
            return 0;
        }
        if (zeros >= Chunker.MIN) {
            length = zeros;
            add(new Segment(this, Body.ZERO, length, null, 0));
            context.counters().bytes.add(length);
        } else {
            length = chunker.cut(bytes, from, to);
            if (!ended && length == to - from && length < Chunker.MAX) {
                // The end of what has been read is no cut point.
                return 0;
            }
            buffer.retain();
            var segment = new Segment(this, Body.CHUNK, length, buffer, from);
            add(segment);
            if (!worker.queue().offer(segment, context.workers() * 2)) {
                segment.run(worker);
            }
        }
        size += length;
        return length;
    }

    /** A free buffer; helps with waiting chunks until there is one. */
    private ReadBuffer take() throws IOException {
        while (true) {
            ReadBuffer buffer = context.buffers().poll();
            if (buffer != null) {
                buffer.retain();
                return buffer;
            }
            help(() -> context.buffers().available());
        }
    }

    private void help(java.util.function.BooleanSupplier done) throws IOException {
        WorkQueue.ChunkTask task = worker.queue().pollChunk();
        if (task != null) {
            task.run(worker);
        } else {
            worker.queue().awaitChange(done);
        }
    }

    private void add(Segment segment) throws IOException {
        open.addLast(segment);
        while (!open.isEmpty() && open.peekFirst().done) {
            collect(open.pollFirst());
        }
    }

    /** Waits until at most so many chunks are at work. */
    private void settle(int left) throws IOException {
        while (open.size() > left) {
            Segment first = open.peekFirst();
            if (first.done) {
                collect(open.pollFirst());
            } else {
                help(() -> first.done);
            }
        }
    }

    private void collect(Segment segment) throws IOException {
        content.add(segment.kind, segment.length, segment.id);
    }

    /** Waits for chunks that are at work, so that nobody uses a buffer of this file any more. */
    private void abandon() throws IOException {
        settle(0);
    }
}
