package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.engine.internal.browse.PointTree;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.FormatException;
import org.holdfast.format.Page;

/** Counts what a restore would do, reading what is there and writing nothing. */
final class DryRun {
    private final RestoreRequest request;
    private final SourceProvider files;
    private final Names names;
    private final RestoreCounters counters;
    private final CancelToken cancel;
    private final Vault vault;
    private final ChunkIndex index;
    private final StatTable stat = new StatTable();
    private final Deque<Frame<Here>> stack = new ArrayDeque<>();

    /** A directory of the point and the one here that corresponds to it, if there is one. */
    private record Here(@Nullable SourceDirectory directory, RawPath path) {
    }

    DryRun(Vault vault, ChunkIndex index, RestoreRequest request, SourceProvider files, Names names,
            RestoreCounters counters, CancelToken cancel) {
        this.vault = vault;
        this.index = index;
        this.request = request;
        this.files = files;
        this.names = names;
        this.counters = counters;
        this.cancel = cancel;
    }

    void run(PointTree tree, RawPath target, Selection selection) {
        try (Source source = files.open(); var chunks = new ChunkSource(vault, index, new BlobCache(0))) {
            var comparison = new Comparison(chunks, (ids, at) -> tree.reader().list(ids, at), cancel);
            SourceDirectory root = null;
            try {
                root = source.openDirectory(target);
            } catch (NoSuchFileException e) {
                // It would be made; nothing is in the way.
                root = null;
            } catch (IOException e) {
                throw new org.holdfast.api.HoldfastException(Problem.ACCESS_DENIED,
                        Reasons.of("'" + target + "' cannot be looked at", e), "Choose another directory.", e);
            }
            push(new Here(root, tree.base()), tree.root(), selection, tree);
            walk(tree, comparison);
        } finally {
            stack.forEach(frame -> close(frame.place));
        }
    }

    private static void close(Here here) {
        if (here.directory() != null) {
            here.directory().close();
        }
    }

    private void push(Here here, DirectoryBody body, Selection selection, PointTree tree) {
        if (here.directory() != null) {
            stack.push(new Frame<>(here, body, selection));
            return;
        }
        Selection.Totals all = Vault.io("Counting what to restore", () -> selection.totals(tree, body));
        counters.files.add(all.files());
        counters.directories.add(all.directories());
        counters.written.add(all.bytes());
        done(all.files(), all.bytes());
    }

    private void done(long number, long bytes) {
        counters.doneFiles.add(number);
        counters.doneBytes.add(bytes);
    }

    private void walk(PointTree tree, Comparison comparison) {
        Frame<Here> frame;
        while ((frame = stack.peek()) != null) {
            cancel.check();
            PageView view = frame.view();
            int row = view == null ? -1 : frame.nextDirectory();
            if (row >= 0 && view != null) {
                enter(frame, view.page(), row, tree);
                continue;
            }
            int number = frame.nextPage();
            if (number < 0) {
                close(stack.pop().place);
                continue;
            }
            page(frame, number, tree, comparison);
        }
    }

    private void page(Frame<Here> frame, int number, PointTree tree, Comparison comparison) {
        Page page;
        try {
            page = tree.reader().page(frame.body, number);
        } catch (FormatException | IOException e) {
            counters.warn(frame.place.path(), Problem.FILE_NOT_RESTORED, "A part of this directory cannot be read. "
                    + UnreadableException.of(e).getMessage());
            return;
        }
        frame.begin(PageView.bare(page));
        for (int row = 0; row < page.count; row++) {
            if (!frame.selection.isAll() && frame.selection.of(page.name(row)) == null) {
                continue;
            }
            if ((page.mode(row) & FileTask.TYPE) == FileTask.DIRECTORY) {
                frame.addDirectory(row);
                continue;
            }
            try {
                entry(frame.place, page, row, comparison);
            } catch (FormatException | IOException e) {
                counters.warn(frame.place.path().child(page.name(row)), Problem.FILE_NOT_RESTORED,
                        String.valueOf(e.getMessage()));
            }
            done(1, page.size[row]);
        }
    }

    private void entry(Here here, Page page, int row, Comparison comparison) throws IOException {
        byte[] name = page.name(row);
        SourceDirectory directory = here.directory();
        boolean file = (page.mode(row) & FileTask.TYPE) == FileTask.REGULAR;
        long length = file ? FileContent.length(page, row) : 0;
        if (directory == null || !exists(directory, name)) {
            would(length);
            return;
        }
        if (same(directory, page, row, length, comparison)) {
            counters.unchanged.increment();
            return;
        }
        switch (Conflict.decide(request.ifExists(), page, row, stat)) {
            case LEAVE -> counters.skipped.increment();
            case BESIDE -> {
                counters.copies.increment();
                would(length);
            }
            default -> {
                if (Conflict.isDirectory(stat)) {
                    counters.warn(here.path().child(name), Problem.FILE_NOT_RESTORED, "A directory is in its place.");
                } else {
                    counters.replaced.increment();
                    would(length);
                }
            }
        }
    }

    private void would(long length) {
        counters.files.increment();
        counters.written.add(length);
    }

    private boolean exists(SourceDirectory directory, byte[] name) throws IOException {
        try {
            directory.stat(name, stat);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean same(SourceDirectory directory, Page page, int row, long length, Comparison comparison)
            throws IOException {
        int type = page.mode(row) & FileTask.TYPE;
        if ((stat.mode[0] & FileTask.TYPE) != type) {
            return false;
        }
        byte[] name = page.name(row);
        return switch (type) {
            case FileTask.REGULAR -> stat.size[0] == length && sameFile(directory, page, row, comparison);
            case FileTask.LINK -> Arrays.equals(Placer.linkTarget(page, row), directory.readLink(name));
            case FileTask.CHARACTER, FileTask.BLOCK -> Placer.device(page, row) == stat.specialDevice[0];
            default -> true;
        };
    }

    private boolean sameFile(SourceDirectory directory, Page page, int row, Comparison comparison)
            throws IOException {
        try (SourceFile file = directory.openFile(page.name(row))) {
            return comparison.same(page, row, file::read);
        } catch (java.nio.file.AccessDeniedException e) {
            return false;
        }
    }

    private void enter(Frame<Here> frame, Page page, int row, PointTree tree) {
        byte[] name = page.name(row);
        Selection selection = frame.selection.of(name);
        SourceDirectory parent = frame.place.directory();
        if (selection == null || parent == null) {
            return;
        }
        RawPath path = frame.place.path().child(name);
        try {
            DirectoryBody body = page.directory(row);
            SourceDirectory below = null;
            if (exists(parent, name)) {
                if (Conflict.isDirectory(stat)) {
                    below = parent.openDirectory(name);
                } else {
                    switch (Conflict.decide(request.ifExists(), page, row, stat)) {
                        case LEAVE -> {
                            counters.skipped.increment();
                            counters.warn(path, Problem.FILE_NOT_RESTORED,
                                    "Something else is in the place of this directory.");
                            done(body.files(), body.bytes());
                            return;
                        }
                        case REPLACE -> counters.replaced.increment();
                        default -> {
                            byte[] beside = names.beside(name, true, 1);
                            below = exists(parent, beside) && Conflict.isDirectory(stat)
                                    ? parent.openDirectory(beside)
                                    : null;
                            counters.copies.add(below == null ? 1 : 0);
                        }
                    }
                }
            }
            if (below == null || selection.isAll() && request.ifExists() != IfExists.SKIP) {
                counters.directories.increment();
            }
            push(new Here(below, path), body, selection, tree);
        } catch (FormatException | IOException e) {
            counters.warn(path, Problem.FILE_NOT_RESTORED, String.valueOf(e.getMessage()));
        }
    }
}
