package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;
import org.holdfast.api.vault.IfExists;
import org.holdfast.format.Body;
import org.holdfast.format.ByteReader;
import org.holdfast.format.FormatException;
import org.holdfast.format.Page;

/** Looks at what is where an entry is to go and decides where it goes. One per worker. */
final class Placer {
    private static final int MAX_COPIES = 1000;

    private final RestoreContext context;
    private final Comparison comparison;
    private final StatTable stat = new StatTable();
    private final StatTable other = new StatTable();

    /** What became of the question. Without a place the entry is settled. */
    record Answer(@Nullable Place place, boolean there, byte[] name) {
        static Answer at(Place place) {
            return new Answer(place, false, place.name());
        }

        /** It is there already, under this name. */
        static Answer there(byte[] name) {
            return new Answer(null, true, name);
        }

        /** It is not restored. */
        static Answer left(byte[] name) {
            return new Answer(null, false, name);
        }
    }

    Placer(RestoreContext context, Comparison comparison) {
        this.context = context;
        this.comparison = comparison;
    }

    /**
     * Decides about an entry that is not a directory.
     *
     * @param link what it is to be a link to, or null
     */
    Answer place(FileTask task, Links.@Nullable Restored link) throws IOException {
        byte[] name = task.name();
        TargetDirectory directory = task.node().directory();
        directory.stat(name, stat);
        if (stat.mode[0] == StatTable.VANISHED) {
            return Answer.at(Place.fresh(name));
        }
        if (isLeftover(task, name)) {
            return Answer.at(continued(task, name, link));
        }
        if (settled(task, name, link)) {
            return Answer.there(name);
        }
        return switch (Conflict.decide(context.request().ifExists(), task.page(), task.row(), stat)) {
            case LEAVE -> {
                context.counters().skipped.increment();
                yield Answer.left(name);
            }
            case REPLACE -> replace(task, name);
            case BESIDE -> beside(task, name, link);
        };
    }

    private boolean isLeftover(FileTask task, byte[] name) {
        Journal journal = context.journal();
        return journal.resumes() && journal.isLeftover(context.targetPath(task.node(), name), stat);
    }

    private Place continued(FileTask task, byte[] name, Links.@Nullable Restored link) throws IOException {
        if (task.large() && link == null) {
            return new Place(Place.Kind.CONTINUED, name, name, 0);
        }
        task.node().directory().remove(name);
        return Place.fresh(name);
    }

    private Answer replace(FileTask task, byte[] name) throws IOException {
        if (Conflict.isDirectory(stat)) {
            context.counters().warn(context.path(task), Problem.FILE_NOT_RESTORED,
                    "A directory is in its place.");
            return Answer.left(name);
        }
        int mode = stat.mode[0];
        byte[] temporary = context.names().temporary(name);
        task.node().directory().remove(temporary);
        return Answer.at(new Place(Place.Kind.REPLACEMENT, temporary, name, mode));
    }

    private Answer beside(FileTask task, byte[] name, Links.@Nullable Restored link) throws IOException {
        for (int i = 1; i <= MAX_COPIES; i++) {
            byte[] candidate = context.names().beside(name, false, i);
            task.node().directory().stat(candidate, stat);
            if (stat.mode[0] == StatTable.VANISHED) {
                return Answer.at(new Place(Place.Kind.COPY, candidate, candidate, 0));
            }
            if (isLeftover(task, candidate)) {
                Place place = continued(task, candidate, link);
                return Answer.at(place.kind() == Place.Kind.CONTINUED ? place
                        : new Place(Place.Kind.COPY, candidate, candidate, 0));
            }
            if (settled(task, candidate, link)) {
                return Answer.there(candidate);
            }
        }
        context.counters().warn(context.path(task), Problem.FILE_NOT_RESTORED,
                "There are too many restored copies of it already.");
        return Answer.left(name);
    }

    /** Whether the very entry is there already; its metadata is then brought in line. */
    private boolean settled(FileTask task, byte[] name, Links.@Nullable Restored link) throws IOException {
        Page page = task.page();
        int type = task.mode() & FileTask.TYPE;
        if ((stat.mode[0] & FileTask.TYPE) != type) {
            return false;
        }
        boolean update = context.request().ifExists() != IfExists.SKIP;
        if (link != null) {
            if (isSame(link)) {
                return unchanged();
            }
            if (context.request().ifExists() == IfExists.OVERWRITE) {
                return false; // the same content perhaps, but a file of its own and not a link
            }
        }
        TargetDirectory directory = task.node().directory();
        if (type == FileTask.REGULAR) {
            return stat.size[0] == task.length() && sameFile(task, name, update) && unchanged();
        }
        boolean same = switch (type) {
            case FileTask.LINK -> Arrays.equals(linkTarget(page, task.row()), directory.readLink(name));
            case FileTask.CHARACTER, FileTask.BLOCK -> device(page, task.row()) == stat.specialDevice[0];
            default -> true;
        };
        if (same && update) {
            List<String> missed = directory.setMetadata(name, task.mode(), task.view().update(task.row()));
            if (!missed.isEmpty()) {
                context.missed(context.path(task), missed);
            }
        }
        return same && unchanged();
    }

    private boolean unchanged() {
        context.counters().unchanged.increment();
        return true;
    }

    private boolean sameFile(FileTask task, byte[] name, boolean update) throws IOException {
        try (TargetFile file = task.node().directory().existing(name)) {
            boolean same = comparison.same(task.page(), task.row(), file::read);
            if (same && update) {
                List<String> missed = file.setMetadata(task.view().update(task.row()));
                if (!missed.isEmpty()) {
                    context.missed(context.path(task), missed);
                }
            }
            return same;
        } catch (java.nio.file.AccessDeniedException e) {
            return false; // what may not be read cannot be known to be the same
        }
    }

    private boolean isSame(Links.Restored link) throws IOException {
        try (TargetDirectory directory = link.node().reopen(context.root())) {
            directory.stat(link.name(), other);
        }
        return other.mode[0] != StatTable.VANISHED && other.inode[0] == stat.inode[0]
                && other.device[0] == stat.device[0];
    }

    /** Target of a symbolic link in the recovery point. */
    static byte[] linkTarget(Page page, int row) {
        if (page.bodyKind(row) != Body.LINK) {
            throw new FormatException("The directory page is damaged: a link has no target.");
        }
        ByteReader in = page.body(row);
        return in.string(in.remaining(), "the target of a link");
    }

    /** Device number of a node in the recovery point; major in the upper, minor in the lower 32 bits. */
    static long device(Page page, int row) {
        if (page.bodyKind(row) != Body.DEVICE) {
            throw new FormatException("The directory page is damaged: a device has no number.");
        }
        ByteReader in = page.body(row);
        return in.varint() << 32 | in.varint() & 0xffffffffL;
    }
}
