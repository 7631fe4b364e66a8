package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;
import org.holdfast.api.spi.source.TargetFullException;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.format.FormatException;

/** Restores entries that are not directories. One per core. */
final class Worker implements Runnable, AutoCloseable {
    /** How often somebody may make something under a name that was free a moment ago. */
    private static final int ATTEMPTS = 5;

    private final RestoreContext context;
    private final Runnable first;
    private final ChunkSource chunks;
    private final Comparison comparison;
    private final Placer placer;
    private final Journal.Slot slot;
    private final Deque<FileTask> todo = new ArrayDeque<>();
    private @Nullable MetaReader meta;

    /** What became of an entry. */
    private enum Outcome {
        /** It is there. */
        DONE,
        /** It is not, and that has been told. */
        NOT_DONE,
        /** All workers write it now. */
        SHARED
    }

    /** @param first what to do before the work */
    Worker(RestoreContext context, Runnable first) {
        this.context = context;
        this.first = first;
        this.chunks = new ChunkSource(context.vault(), context.index(), context.blobs());
        this.comparison = new Comparison(chunks, this::list, context.cancel());
        this.placer = new Placer(context, comparison);
        this.slot = context.journal().take();
    }

    @Override
    public void run() {
        WorkQueue queue = context.queue();
        try {
            first.run();
            WorkQueue.Work work;
            while ((work = queue.take()) != null) {
                work.run(this);
                drain();
                chunks.release();
            }
        } catch (IOException | RuntimeException | Error e) {
            queue.fail(e);
        }
    }

    RestoreContext context() {
        return context;
    }

    ChunkSource chunks() {
        return chunks;
    }

    Comparison comparison() {
        return comparison;
    }

    /** Reads a list of segments. */
    MetaReader.ListChunk list(byte[] ids, int at) throws IOException {
        if (meta == null) {
            meta = new MetaReader(context.vault(), context.index());
        }
        return meta.list(ids, at);
    }

    /** Entries that have waited for the first of their links; done before anything else. */
    void later(List<FileTask> tasks) {
        todo.addAll(tasks);
    }

    /** Restores neighbours. */
    void batch(List<FileTask> tasks) throws IOException {
        for (FileTask task : tasks) {
            restore(task);
            drain();
        }
        slot.clear();
    }

    private void drain() throws IOException {
        FileTask task;
        while ((task = todo.poll()) != null) {
            restore(task);
        }
    }

    private void restore(FileTask task) throws IOException {
        context.cancel().check();
        Links.Claim claim = null;
        if (task.multi()) {
            claim = context.links().claim(task);
            if (claim == Links.Claim.LATER) {
                return;
            }
        }
        boolean first = claim != null && claim.first();
        Outcome outcome = Outcome.NOT_DONE;
        try {
            outcome = attempt(task, claim == null ? null : claim.existing(), first);
        } catch (FormatException | UnreadableException e) {
            context.counters().warn(context.path(task), Problem.FILE_NOT_RESTORED, String.valueOf(e.getMessage()));
        } catch (TargetFullException e) {
            throw e;
        } catch (IOException e) {
            context.counters().warn(context.path(task), Problem.FILE_NOT_RESTORED,
                    Reasons.of("It could not be written", e));
        }
        if (outcome == Outcome.SHARED) {
            return;
        }
        if (first && outcome == Outcome.NOT_DONE) {
            later(context.links().failed(task));
        }
        context.counters().doneFiles.increment();
        context.counters().doneBytes.add(task.length());
        task.node().done(context);
    }

    private Outcome attempt(FileTask task, Links.@Nullable Restored link, boolean first) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Placer.Answer answer = i == 0 && task.node().fresh()
                    ? Placer.Answer.at(Place.fresh(task.name()))
                    : placer.place(task, link);
            Place place = answer.place();
            if (place == null) {
                if (first && answer.there()) {
                    later(context.links().restored(task, answer.name()));
                }
                return answer.there() ? Outcome.DONE : Outcome.NOT_DONE;
            }
            try {
                if (link != null && link(task, place, link)) {
                    count(place);
                    return Outcome.DONE;
                }
                if (task.large()) {
                    LargeFile.open(this, task, place);
                    return Outcome.SHARED;
                }
                make(task, place);
                count(place);
                if (first) {
                    later(context.links().restored(task, place.name()));
                }
                return Outcome.DONE;
            } catch (FileAlreadyExistsException e) {
                // Somebody was faster; what he made is now in the way like anything else.
                slot.clear();
            }
        }
        context.counters().warn(context.path(task), Problem.FILE_NOT_RESTORED,
                "Somebody else keeps making something in its place.");
        return Outcome.NOT_DONE;
    }

    /** Counts an entry that has been made. */
    void count(Place place) {
        RestoreCounters counters = context.counters();
        counters.files.increment();
        switch (place.kind()) {
            case COPY -> counters.copies.increment();
            case REPLACEMENT -> counters.replaced.increment();
            default -> {
            }
        }
    }

    /** Metadata of an entry that is made at a place. */
    static RestoreTarget.Metadata metadata(FileTask task, Place place) {
        return place.kind() == Place.Kind.REPLACEMENT ? task.view().replacing(task.row(), place.replacedMode())
                : task.view().fresh(task.row());
    }

    private boolean link(FileTask task, Place place, Links.Restored link) throws IOException {
        TargetDirectory directory = task.node().directory();
        try (TargetDirectory other = link.node().reopen(context.root())) {
            directory.hardLink(place.create(), other, link.name());
        } catch (FileAlreadyExistsException | TargetFullException e) {
            throw e;
        } catch (IOException e) {
            context.counters().warn(context.path(task), Problem.METADATA_NOT_RESTORED,
                    Reasons.of("It is restored as a file of its own, because the hard link could not be made", e));
            return false;
        }
        settle(directory, place);
        return true;
    }

    /** Gives an entry the name it is to have. */
    static void settle(TargetDirectory directory, Place place) throws IOException {
        if (place.renamed()) {
            try {
                directory.rename(place.create(), place.name());
            } catch (IOException e) {
                directory.remove(place.create());
                throw e;
            }
        }
    }

    private void make(FileTask task, Place place) throws IOException {
        TargetDirectory directory = task.node().directory();
        int mode = task.mode();
        byte[] name = place.create();
        switch (mode & FileTask.TYPE) {
            case FileTask.REGULAR -> {
                file(task, place);
                settle(directory, place);
                return;
            }
            case FileTask.LINK -> directory.symbolicLink(name, Placer.linkTarget(task.page(), task.row()));
            case FileTask.CHARACTER, FileTask.BLOCK ->
                directory.special(name, mode, Placer.device(task.page(), task.row()));
            case FileTask.FIFO, FileTask.SOCKET -> directory.special(name, mode, 0);
            default -> throw new FormatException("There is no type of file "
                    + Integer.toOctalString(mode & FileTask.TYPE) + ".");
        }
        settle(directory, place);
        try {
            report(task, directory.setMetadata(place.name(), mode, metadata(task, place)));
        } catch (IOException e) {
            context.counters().warn(context.path(task), Problem.METADATA_NOT_RESTORED,
                    Reasons.of("Its metadata could not be set", e));
        }
    }

    private void file(FileTask task, Place place) throws IOException {
        TargetDirectory directory = task.node().directory();
        slot.begin(task.node(), place.create());
        TargetFile file = directory.file(place.create(), false);
        boolean complete = false;
        try {
            write(task, file);
            report(task, file.setMetadata(metadata(task, place)));
            file.close();
            complete = true;
        } finally {
            if (!complete) {
                discard(file, directory, place.create());
            }
        }
    }

    /** Closes and removes a file that is not complete. */
    static void discard(TargetFile file, TargetDirectory directory, byte[] name) {
        try {
            try {
                file.close();
            } finally {
                directory.remove(name);
            }
        } catch (IOException e) {
            // The failure that led here is the one to tell; the journal still names what is left.
            return;
        }
    }

    private void report(FileTask task, List<String> missed) {
        if (!missed.isEmpty()) {
            context.missed(context.path(task), missed);
        }
    }

    private void write(FileTask task, TargetFile file) throws IOException {
        var writer = new FileContent.Visitor() {
            private long end;

            @Override
            public void inline(byte[] bytes, int from, int length) throws IOException {
                put(0, bytes, from, length);
            }

            @Override
            public void chunk(long position, byte[] ids, int at, int length) throws IOException {
                byte[] raw = chunks.load(ids, at, length);
                put(position, raw, chunks.offset(), length);
            }

            private void put(long position, byte[] bytes, int from, int length) throws IOException {
                if (length > 0) {
                    file.write(position, bytes, from, length);
                    context.counters().written.add(length);
                    end = position + length;
                }
            }

            @Override
            public void empty(long position, long length, boolean hole) throws IOException {
                if (!hole && !task.sparse() && file.allocate(position, length)) {
                    end = position + length;
                }
            }
        };
        FileContent.forEach(task.page(), task.row(), this::list, writer);
        if (writer.end < task.length()) {
            file.truncate(task.length());
        }
    }

    @Override
    public void close() {
        chunks.close();
        if (meta != null) {
            meta.close();
        }
    }
}
