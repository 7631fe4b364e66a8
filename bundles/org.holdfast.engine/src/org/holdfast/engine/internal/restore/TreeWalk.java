package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFullException;
import org.holdfast.api.vault.IfExists;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.FormatException;
import org.holdfast.format.Page;

/**
 * Walks the tree of a recovery point in the order in which it was stored, makes its directories and hands everything
 * else to the workers in batches of neighbours. Runs on one thread.
 */
final class TreeWalk {
    private static final int BATCH_FILES = 256;
    private static final long BATCH_BYTES = 2 << 20;
    private static final int MAX_COPIES = 1000;

    private final RestoreContext context;
    private final MetaReader reader;
    private final Owners owners;
    private final boolean permissions;
    private final StatTable stat = new StatTable();
    private final Deque<Frame<TargetNode>> stack = new ArrayDeque<>();
    private List<FileTask> batch = new ArrayList<>();
    private long batchBytes;
    private boolean stopped;

    /** An open directory here. */
    private record Opened(TargetDirectory directory, byte[] name, boolean fresh) {
    }

    TreeWalk(RestoreContext context, MetaReader reader, Owners owners) {
        this.context = context;
        this.reader = reader;
        this.owners = owners;
        this.permissions = context.request().permissions();
    }

    /** Walks it all; returns early when the job has failed. */
    void run(TargetNode root, DirectoryBody body, Selection selection) throws IOException {
        stack.push(new Frame<>(root, body, selection));
        Frame<TargetNode> frame;
        while (!stopped && (frame = stack.peek()) != null) {
            context.cancel().check();
            PageView view = frame.view();
            int row = view == null ? -1 : frame.nextDirectory();
            if (row >= 0 && view != null) {
                enter(frame, view, row);
                continue;
            }
            int page = frame.nextPage();
            if (page >= 0) {
                page(frame, page);
            } else {
                stack.pop();
                frame.place.done(context);
            }
        }
        flush();
    }

    private void page(Frame<TargetNode> frame, int number) {
        DirectoryBody.PageRef ref = frame.body.pages().get(number);
        PageView view;
        try {
            view = new PageView(reader.page(frame.body, number), owners, permissions);
        } catch (FormatException | IOException e) {
            warn(context.path(frame.place), "A part of this directory with " + ref.entries()
                    + " entries cannot be read. " + UnreadableException.of(e).getMessage());
            return;
        }
        context.counters().current = frame.place;
        frame.begin(view);
        Page page = view.page();
        for (int row = 0; row < page.count && !stopped; row++) {
            if (!frame.selection.isAll() && frame.selection.of(page.name(row)) == null) {
                continue;
            }
            int type = page.mode(row) & FileTask.TYPE;
            if (type == FileTask.DIRECTORY) {
                frame.addDirectory(row);
                continue;
            }
            try {
                add(new FileTask(frame.place, view, row, type == FileTask.REGULAR ? FileContent.length(page, row) : 0));
            } catch (FormatException e) {
                warn(context.path(frame.place).child(page.name(row)), String.valueOf(e.getMessage()));
            }
        }
    }

    private void add(FileTask task) {
        boolean large = task.large();
        if (large) {
            flush();
        }
        task.node().begin();
        batch.add(task);
        batchBytes += task.length();
        if (large || batch.size() >= BATCH_FILES || batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    private void flush() {
        if (!batch.isEmpty()) {
            List<FileTask> tasks = batch;
            stopped |= !context.queue().put(worker -> worker.batch(tasks));
            batch = new ArrayList<>();
            batchBytes = 0;
        }
    }

    private void enter(Frame<TargetNode> frame, PageView view, int row) throws IOException {
        Page page = view.page();
        byte[] name = page.name(row);
        Selection selection = frame.selection.of(name);
        if (selection == null) {
            return;
        }
        TargetNode parent = frame.place;
        DirectoryBody body;
        Opened opened;
        try {
            body = page.directory(row);
        } catch (FormatException e) {
            warn(context.path(parent).child(name), String.valueOf(e.getMessage()));
            return;
        }
        try {
            opened = open(parent, name, page, row);
        } catch (TargetFullException e) {
            throw e;
        } catch (IOException e) {
            warn(context.path(parent).child(name), Reasons.of("The directory could not be made, so nothing below it"
                    + " is restored", e));
            opened = null;
        }
        if (opened == null) {
            context.counters().doneFiles.add(body.files());
            context.counters().doneBytes.add(body.bytes());
            return;
        }
        RestoreTarget.Metadata metadata = null;
        if (opened.fresh()) {
            metadata = view.fresh(row);
        } else if (selection.isAll() && context.request().ifExists() != IfExists.SKIP) {
            metadata = view.update(row);
        }
        if (metadata != null) {
            context.counters().directories.increment();
        }
        TargetNode node = parent.child(name, opened.name(), opened.directory(), opened.fresh(), metadata);
        context.opened(node);
        stack.push(new Frame<>(node, body, selection));
    }

    /** Opens the directory an entry goes to; null when it is not to be, which has been told. */
    private @Nullable Opened open(TargetNode parent, byte[] name, Page page, int row) throws IOException {
        TargetDirectory directory = parent.directory();
        boolean there = false;
        if (!parent.fresh()) {
            directory.stat(name, stat);
            there = stat.mode[0] != StatTable.VANISHED;
        }
        if (!there || Conflict.isDirectory(stat)) {
            try {
                return new Opened(directory.directory(name), name, !there);
            } catch (NotDirectoryException e) {
                // Somebody put something else there just now.
                directory.stat(name, stat);
            }
        }
        switch (Conflict.decide(context.request().ifExists(), page, row, stat)) {
            case LEAVE:
                context.counters().skipped.increment();
                warn(context.path(parent).child(name), "Something else is in the place of this directory, so nothing"
                        + " below it is restored.");
                return null;
            case REPLACE:
                directory.remove(name);
                context.counters().replaced.increment();
                return new Opened(directory.directory(name), name, true);
            default:
                return beside(parent, name);
        }
    }

    private @Nullable Opened beside(TargetNode parent, byte[] name) throws IOException {
        TargetDirectory directory = parent.directory();
        for (int i = 1; i <= MAX_COPIES; i++) {
            byte[] candidate = context.names().beside(name, true, i);
            directory.stat(candidate, stat);
            boolean there = stat.mode[0] != StatTable.VANISHED;
            if (!there || Conflict.isDirectory(stat)) {
                if (!there) {
                    context.counters().copies.increment();
                }
                return new Opened(directory.directory(candidate), candidate, !there);
            }
        }
        warn(context.path(parent).child(name), "There are too many restored copies of it already.");
        return null;
    }

    private void warn(RawPath path, String reason) {
        context.counters().warn(path, Problem.FILE_NOT_RESTORED, reason);
    }
}
