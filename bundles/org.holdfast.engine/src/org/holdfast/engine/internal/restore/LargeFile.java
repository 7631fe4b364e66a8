package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;
import org.holdfast.api.spi.source.TargetFullException;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.format.Body;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Page;
import org.holdfast.format.Segments;

/**
 * A large file being restored by all workers: ranges of neighbouring segments are written in any order, and whoever
 * writes the last one finishes the file. Lists of segments are read when their turn comes, so memory does not grow
 * with the file. Thread-safe.
 */
final class LargeFile {
    /** Segments in a range: about 8 MiB of data. */
    private static final int RANGE = 32;

    private final RestoreContext context;
    private final FileTask task;
    private final Place place;
    private final TargetFile file;
    private final Journal.Slot slot;
    private final Deque<Range> ready = new ArrayDeque<>();
    private final long[] lists;
    private int nextList;
    private long nextListPosition;
    private int loading;
    private int atWork;
    private boolean finished;
    private @Nullable String failure;

    /** Neighbouring segments. */
    private record Range(LargeFile owner, Segments segments, byte[] refs, int from, int to, int refAt, long position)
            implements WorkQueue.Work {
        @Override
        public void run(Worker worker) throws IOException {
            owner.write(worker, this);
        }
    }

    /** A list of segments to be read. */
    private record ListRange(LargeFile owner, int number, long position) implements WorkQueue.Work {
        @Override
        public void run(Worker worker) throws IOException {
            owner.load(worker, this);
        }
    }

    private LargeFile(RestoreContext context, FileTask task, Place place, TargetFile file, Journal.Slot slot) {
        this.context = context;
        this.task = task;
        this.place = place;
        this.file = file;
        this.slot = slot;
        Page page = task.page();
        if (page.bodyKind(task.row()) == Body.LISTS) {
            lists = FileContent.listTotals(page, task.row());
        } else {
            lists = new long[0];
            split(Segments.parse(page.body(task.row())), page.refs, page.refOffset(task.row()), 0);
        }
    }

    /** Creates the file and offers it to all workers. */
    static void open(Worker worker, FileTask task, Place place) throws IOException {
        RestoreContext context = worker.context();
        TargetDirectory directory = task.node().directory();
        Journal.Slot slot = context.journal().take();
        boolean opened = false;
        try {
            slot.begin(task.node(), place.create());
            TargetFile file = directory.file(place.create(), place.kind() == Place.Kind.CONTINUED);
            boolean added = false;
            try {
                var large = new LargeFile(context, task, place, file, slot);
                context.queue().add(large);
                added = true;
            } finally {
                if (!added) {
                    Worker.discard(file, directory, place.create());
                }
            }
            opened = true;
        } finally {
            if (!opened) {
                context.journal().give(slot);
            }
        }
    }

    private void split(Segments segments, byte[] refs, int refStart, long start) {
        int ref = refStart;
        long position = start;
        for (int from = 0; from < segments.count(); from += RANGE) {
            int to = Math.min(segments.count(), from + RANGE);
            ready.add(new Range(this, segments, refs, from, to, ref, position));
            for (int i = from; i < to; i++) {
                ref += segments.kinds()[i] == Body.CHUNK ? Id.SIZE : 0;
                position += segments.lengths()[i];
            }
        }
    }

    /** Something to do, or null for now. */
    synchronized WorkQueue.@Nullable Work poll() {
        if (failure != null) {
            return null;
        }
        WorkQueue.Work work = ready.poll();
        if (work == null && nextList < lists.length) {
            work = new ListRange(this, nextList, nextListPosition);
            nextListPosition += lists[nextList++];
            loading++;
        }
        atWork += work == null ? 0 : 1;
        return work;
    }

    /** Whether nothing more is to be handed out. */
    synchronized boolean exhausted() {
        return failure != null || ready.isEmpty() && nextList == lists.length && loading == 0;
    }

    private void load(Worker worker, ListRange range) throws IOException {
        try {
            int at = task.page().refOffset(task.row()) + range.number() * Id.SIZE;
            MetaReader.ListChunk list = FileContent.list(worker::list, task.page().refs, at, lists[range.number()]);
            synchronized (this) {
                split(list.segments(), list.refs(), 0, range.position());
            }
        } catch (FormatException | IOException e) {
            fail(String.valueOf(UnreadableException.of(e).getMessage()));
        } finally {
            synchronized (this) {
                loading--;
            }
            context.queue().changed();
            done(worker);
        }
    }

    private void write(Worker worker, Range range) throws IOException {
        boolean through = false;
        try {
            long position = range.position();
            int ref = range.refAt();
            for (int i = range.from(); i < range.to() && !failed(); i++) {
                context.cancel().check();
                long length = range.segments().lengths()[i];
                if (range.segments().kinds()[i] == Body.CHUNK) {
                    chunk(worker, range.refs(), ref, position, (int) length);
                    ref += Id.SIZE;
                } else {
                    empty(worker, position, length, range.segments().kinds()[i] == Body.HOLE);
                }
                position += length;
                context.counters().doneBytes.add(length);
            }
            through = true;
        } catch (UnreadableException e) {
            fail(String.valueOf(e.getMessage()));
            through = true;
        } catch (TargetFullException e) {
            throw e;
        } catch (IOException e) {
            fail(Reasons.of("It could not be written", e));
            through = true;
        } finally {
            if (!through) {
                fail("The restore was stopped.");
            }
            done(worker);
        }
    }

    private void chunk(Worker worker, byte[] refs, int ref, long position, int length) throws IOException {
        if (place.kind() == Place.Kind.CONTINUED
                && worker.comparison().matches(file::read, position, refs, ref, length)) {
            return;
        }
        byte[] raw = worker.chunks().load(refs, ref, length);
        file.write(position, raw, worker.chunks().offset(), length);
        context.counters().written.add(length);
    }

    private void empty(Worker worker, long position, long length, boolean hole) throws IOException {
        if (place.kind() == Place.Kind.CONTINUED && !worker.comparison().zeros(file::read, position, length)) {
            var zeros = new byte[(int) Math.min(length, 64 * 1024)];
            for (long done = 0; done < length; done += zeros.length) {
                file.write(position + done, zeros, 0, (int) Math.min(zeros.length, length - done));
            }
        } else if (!hole && !task.sparse()) {
            file.allocate(position, length);
        }
    }

    private synchronized boolean failed() {
        return failure != null;
    }

    private synchronized void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    private void done(Worker worker) throws IOException {
        synchronized (this) {
            atWork--;
            if (finished || atWork > 0 || !exhausted()) {
                return;
            }
            finished = true;
        }
        boolean complete = false;
        try {
            if (failure == null) {
                complete = complete(worker);
            } else {
                Worker.discard(file, task.node().directory(), place.create());
                if (context.queue().failure() == null && !context.cancel().isCancelled()) {
                    context.counters().warn(context.path(task), Problem.FILE_NOT_RESTORED, String.valueOf(failure));
                }
            }
        } finally {
            context.journal().give(slot);
            if (task.multi()) {
                worker.later(complete ? context.links().restored(task, place.name()) : context.links().failed(task));
            }
            context.counters().doneFiles.increment();
            task.node().done(context);
            context.queue().changed();
        }
    }

    private boolean complete(Worker worker) throws IOException {
        TargetDirectory directory = task.node().directory();
        boolean closed = false;
        try {
            file.truncate(task.length());
            var missed = file.setMetadata(Worker.metadata(task, place));
            if (!missed.isEmpty()) {
                context.missed(context.path(task), missed);
            }
            file.close();
            Worker.settle(directory, place);
            closed = true;
        } catch (TargetFullException e) {
            throw e;
        } catch (IOException e) {
            context.counters().warn(context.path(task), Problem.FILE_NOT_RESTORED,
                    Reasons.of("It could not be written", e));
            return false;
        } finally {
            if (!closed) {
                Worker.discard(file, directory, place.create());
            }
        }
        worker.count(place);
        return true;
    }

    /** Removes what there is of the file, when the job has failed and nobody works on it any more. */
    void abandon() {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
        }
        Worker.discard(file, task.node().directory(), place.create());
    }
}
