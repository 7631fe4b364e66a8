package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.format.AttributeSet;
import org.holdfast.format.Body;
import org.holdfast.format.Content;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.Page;

/**
 * Builds the tree of a recovery point from the slices of the walk, comparing each entry with the earlier points it is
 * given. Unchanged files are taken over, unchanged pages too, and what has to be read goes to the workers in batches
 * of neighbours. Runs on one thread.
 */
final class TreeBuilder {
    private static final int BATCH_FILES = 128;
    private static final long BATCH_BYTES = 1 << 20;
    private static final int TYPE = 0xf000;
    private static final int REGULAR = 0x8000;
    private static final int DIRECTORY = 0x4000;
    private static final int LINK = 0xa000;
    private static final int CHARACTER = 0x2000;
    private static final int BLOCK = 0x6000;

    private final BackupContext context;
    private final Walker walker;
    private final WorkQueue queue;
    private final ChangeDetection detection;
    private final Meanwhile meanwhile;
    private final Runnable onBatch;
    private final Healing healing;
    private List<FileTask> batch = new ArrayList<>();
    private long batchBytes;
    /** A full batch that waits for room in the queue. */
    private List<FileTask> waiting = List.of();

    /** Says whether content of an earlier point can be relied on. */
    interface Healing {
        /** Whether all chunks an entry refers to are in the vault. */
        boolean intact(Page page, int row);

        /** Whether pages may be taken over without looking. */
        boolean trusted();
    }

    /** A directory below the current slice that is still to be built. */
    private record Child(DirectoryNode node, List<OldDirectory> olds) {
    }

    /**
     * @param meanwhile what is to be done besides
     * @param onBatch called before each batch, so that workers are made only when there is work
     */
    TreeBuilder(BackupContext context, Walker walker, WorkQueue queue, ChangeDetection detection, Healing healing,
            Meanwhile meanwhile, Runnable onBatch) {
        this.context = context;
        this.walker = walker;
        this.queue = queue;
        this.detection = detection;
        this.healing = healing;
        this.meanwhile = meanwhile;
        this.onBatch = onBatch;
    }

    /** The directory being built; for checkpoints. */
    private DirectoryNode current;

    DirectoryNode current() {
        return current;
    }

    /** Builds a directory and all below it. */
    void build(DirectoryNode node, List<OldDirectory> olds) throws IOException {
        PageNode page = null;
        Scan scan;
        boolean last;
        do {
            current = node;
            meanwhile.tick();
            scan = walker.queue().take(meanwhile::waiting);
            last = scan.last;
            var children = new ArrayList<Child>();
            try {
                report(node, scan);
                int rows = scan.to - scan.from;
                for (int row = 0; row < rows; row++) {
                    if (scan.excluded.get(row)) {
                        continue;
                    }
                    if (page == null) {
                        page = node.newPage();
                    }
                    page = entry(node, page, scan, row, olds, children);
                }
            } finally {
                walker.queue().release(scan);
            }
            for (Child child : children) {
                build(child.node(), child.olds());
            }
        } while (!last);
        for (OldDirectory old : olds) {
            context.counters().filesRemoved.add(old.finish());
        }
        if (page != null) {
            page.complete();
        }
        current = node.parent();
        node.close();
    }

    private void report(DirectoryNode node, Scan scan) {
        if (scan.failure != null) {
            boolean denied = scan.failure instanceof AccessDeniedException;
            boolean gone = scan.failure instanceof NoSuchFileException;
            if (gone) {
                node.drop();
            }
            context.counters().warn(new Warning(node.path(), gone ? Problem.FILE_VANISHED : Problem.FILE_UNREADABLE,
                    denied ? "Access to the directory was denied."
                            : "The directory could not be listed: "
                                    + scan.failure.getMessage() + "."));
        }
        scan.missing.forEach(context.counters()::warn);
        if (node.parent() == null || context.counters().files.sum() % 64 == 0) {
            context.counters().current = node.path().toString();
        }
    }

    private PageNode entry(DirectoryNode node, PageNode page, Scan scan, int row, List<OldDirectory> olds,
            List<Child> children) throws IOException {
        int i = scan.from + row;
        StatTable stats = scan.stats;
        int mode = stats.mode[row];
        if (mode < 0) {
            unreadable(node, scan, i, mode);
            return page;
        }
        byte[] names = scan.names.bytes();
        int at = scan.names.offset(i);
        int length = scan.names.length(i);
        OldDirectory match = match(scan, i, row, olds);
        Page.Owner owner = context.owner(mode, stats.uid[row], stats.gid[row], stats.device[row]);
        int type = mode & TYPE;
        boolean file = type == REGULAR;
        boolean unchanged = match != null && unchanged(match, stats, row, type);
        int flags = type != DIRECTORY && stats.links[row] > 1 ? Page.MULTI : 0;
        if (unchanged && file) {
            flags |= match.page().flags[match.row()] & Page.SPARSE;
        }
        boolean sameStatus = match != null && sameStatus(match, stats, row);
        byte[] attributes = sameStatus ? match.page().attributesOf(match.row()) : AttributeSet.NONE;
        if (!sameStatus && (!file || unchanged)) {
            attributes = attributes(node, scan, i, mode);
        }
        int added = page.builder().add(names, at, length, owner, flags, stats.mtimeSeconds[row],
                stats.mtimeNanos[row], stats.ctimeSeconds[row], stats.ctimeNanos[row], stats.inode[row],
                file ? stats.size[row] : 0, attributes);
        if (match != null && sameStatus && owner.equals(match.page().owner(match.row()))
                && (type == DIRECTORY || unchanged) && flags == match.page().flags[match.row()]
                && healing.trusted()) {
            page.matched(added, match.page(), match.pageId(), match.row());
        } else {
            page.differs();
        }
        if (type == DIRECTORY) {
            directory(node, page, added, scan, i, row, olds, children);
        } else {
            if (unchanged) {
                page.builder().copy(added, match.page(), match.row());
                context.counters().filesUnchanged.increment();
                context.counters().files.increment();
                context.counters().bytes.add(file ? stats.size[row] : 0);
            } else if (file) {
                page.expect();
                add(new FileTask(retained(scan), scan.names.name(i), page, added, FileStat.of(stats, row),
                        match != null, begun(scan, i, row, olds)));
            } else {
                special(node, page, added, scan, i, row, type);
                (match == null ? context.counters().filesNew : context.counters().filesChanged).increment();
                context.counters().files.increment();
            }
        }
        olds.forEach(old -> consume(old, names, at, length, type));
        if (page.builder().full(names, at, length)) {
            page.complete();
            return node.newPage();
        }
        return page;
    }

    private static void consume(OldDirectory old, byte[] names, int at, int length, int type) {
        if (old.at(names, at, length)) {
            if ((old.page().mode(old.row()) & TYPE) == type) {
                old.consume();
            } else {
                old.skip();
            }
        }
    }

    private static org.holdfast.api.spi.source.SourceDirectory retained(Scan scan) {
        scan.directory.retain();
        return scan.directory;
    }

    private void unreadable(DirectoryNode node, Scan scan, int i, int mode) {
        RawPath path = node.path().child(scan.names.name(i));
        context.counters().warn(mode == StatTable.VANISHED
                ? new Warning(path, Problem.FILE_VANISHED, "It was gone when its turn came.")
                : new Warning(path, Problem.FILE_UNREADABLE, "Its metadata could not be read."));
    }

    /** The first earlier point that has the name; for a file, preferably one that has this version of it. */
    private OldDirectory match(Scan scan, int i, int row, List<OldDirectory> olds) {
        OldDirectory found = null;
        boolean exact = false;
        for (OldDirectory old : olds) {
            // All of them move on, whichever has the answer.
            if (old.seek(scan.names.bytes(), scan.names.offset(i), scan.names.length(i)) && !exact
                    && !old.partial() && (old.page().mode(old.row()) & TYPE) == (scan.stats.mode[row] & TYPE)) {
                exact = unchanged(old, scan.stats, row, scan.stats.mode[row] & TYPE);
                if (exact || found == null) {
                    found = old;
                }
            }
        }
        return found;
    }

    /** What an interrupted backup has read of this very version of a file; stricter than for files as a whole. */
    private @Nullable PartialFile begun(Scan scan, int i, int row, List<OldDirectory> olds) {
        PartialFile most = null;
        for (OldDirectory old : olds) {
            if (!detection.readAll() && old.at(scan.names.bytes(), scan.names.offset(i), scan.names.length(i))
                    && old.partial() && sameStatus(old, scan.stats, row)
                    && old.page().size[old.row()] == scan.stats.size[row] && healing.intact(old.page(), old.row())) {
                PartialFile begun = old.begun();
                if (begun != null && (most == null || begun.position() > most.position())) {
                    most = begun;
                }
            }
        }
        return most;
    }

    private boolean unchanged(OldDirectory old, StatTable stats, int row, int type) {
        Page p = old.page();
        int r = old.row();
        if (type == DIRECTORY) {
            return false;
        }
        if (detection.readAll() && type == REGULAR || (p.flags[r] & Page.INCONSISTENT) != 0) {
            return false;
        }
        boolean same = p.mtime[r] == stats.mtimeSeconds[row] && p.mtimeNanos[r] == stats.mtimeNanos[row]
                && (type != REGULAR || p.size[r] == stats.size[row])
                && (!detection.changeTime() || sameChangeTime(p, r, stats, row))
                && (!detection.inode() || p.inode[r] == stats.inode[row]);
        return same && healing.intact(p, r);
    }

    private static boolean sameChangeTime(Page p, int r, StatTable stats, int row) {
        return p.ctime[r] == stats.ctimeSeconds[row] && p.ctimeNanos[r] == stats.ctimeNanos[row];
    }

    /** Whether nothing that the status change time covers has changed: owner, mode, attributes. */
    private static boolean sameStatus(OldDirectory old, StatTable stats, int row) {
        Page p = old.page();
        int r = old.row();
        return sameChangeTime(p, r, stats, row) && p.inode[r] == stats.inode[row]
                && p.mtime[r] == stats.mtimeSeconds[row] && p.mtimeNanos[r] == stats.mtimeNanos[row];
    }

    private byte[] attributes(DirectoryNode node, Scan scan, int i, int mode) {
        try {
            List<ExtendedAttribute> list = scan.directory.attributes(scan.names.name(i), mode);
            byte[] set = list.isEmpty() ? AttributeSet.NONE : FileWorker.encode(list);
            if (set.length <= AttributeSet.MAX_BYTES) {
                return set;
            }
            context.counters().warn(new Warning(node.path().child(scan.names.name(i)), Problem.FILE_UNREADABLE,
                    FileWorker.TOO_MANY_ATTRIBUTES));
            return AttributeSet.NONE;
        } catch (NoSuchFileException e) {
            // Gone: whoever reads its content will tell, and for what has no content there is nothing to miss.
            return AttributeSet.NONE;
        } catch (IOException e) {
            context.counters().warn(new Warning(node.path().child(scan.names.name(i)), Problem.FILE_UNREADABLE,
                    "Its extended attributes could not be read: " + e.getMessage() + "."));
            return AttributeSet.NONE;
        }
    }

    private void directory(DirectoryNode node, PageNode page, int added, Scan scan, int i, int row,
            List<OldDirectory> olds, List<Child> children) throws IOException {
        page.expect();
        DirectoryNode child = node.child(scan.names.name(i), page, added);
        if (!scan.descend.get(row)) {
            node.count(0, 1, 0);
            page.directoryDone(added, DirectoryBody.EMPTY.toContent());
            page.complete();
            return;
        }
        var below = new ArrayList<OldDirectory>();
        for (OldDirectory old : olds) {
            if (old.at(scan.names.bytes(), scan.names.offset(i), scan.names.length(i))
                    && old.page().bodyKind(old.row()) == Body.DIRECTORY) {
                below.add(old.child());
            }
        }
        children.add(new Child(child, below));
    }

    private void special(DirectoryNode node, PageNode page, int added, Scan scan, int i, int row, int type) {
        byte[] name = scan.names.name(i);
        if (type == LINK) {
            try {
                page.builder().set(added, Content.link(scan.directory.readLink(name)));
            } catch (NoSuchFileException e) {
                context.counters().warn(new Warning(node.path().child(name), Problem.FILE_VANISHED,
                        "It was gone when its turn came."));
                page.builder().drop(added);
            } catch (IOException e) {
                context.counters().warn(new Warning(node.path().child(name), Problem.FILE_UNREADABLE,
                        "The target of the link could not be read: " + e.getMessage() + "."));
                page.builder().drop(added);
            }
        } else if (type == CHARACTER || type == BLOCK) {
            page.builder().set(added, Content.device(scan.stats.specialDevice[row]));
        } else {
            page.builder().set(added, Content.NONE);
        }
    }

    private void add(FileTask task) {
        batch.add(task);
        batchBytes += task.known().size();
        if (batch.size() >= BATCH_FILES || batchBytes >= BATCH_BYTES) {
            flushBatch();
        }
    }

    /** Hands gathered files to the workers; waits until they can take them. */
    void flushBatch() {
        if (batch.isEmpty()) {
            return;
        }
        waiting = batch;
        batch = new ArrayList<>();
        batchBytes = 0;
        onBatch.run();
        while (!queue.put(waiting, meanwhile::due)) {
            meanwhile.waiting();
        }
        waiting = List.of();
    }

    /** Hands gathered files to the workers, if they can take them at once. */
    void handOver() {
        if (waiting.isEmpty() && !batch.isEmpty()) {
            onBatch.run();
            if (queue.put(batch, () -> true)) {
                batch = new ArrayList<>();
                batchBytes = 0;
            }
        }
    }

    /** The files that the workers do not have yet. */
    List<FileTask> held() {
        var all = new ArrayList<FileTask>(waiting);
        all.addAll(batch);
        return all;
    }
}
