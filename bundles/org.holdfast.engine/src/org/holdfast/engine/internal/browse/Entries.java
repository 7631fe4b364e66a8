package org.holdfast.engine.internal.browse;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.format.Body;
import org.holdfast.format.FormatException;
import org.holdfast.format.Page;

/** Turns rows of pages into entries for people. */
final class Entries {
    private Entries() {
    }

    static EntryType type(int mode) {
        return switch (mode & 0xf000) {
            case 0x8000 -> EntryType.FILE;
            case 0x4000 -> EntryType.DIRECTORY;
            case 0xa000 -> EntryType.SYMBOLIC_LINK;
            case 0x1000 -> EntryType.FIFO;
            case 0xc000 -> EntryType.SOCKET;
            case 0x2000 -> EntryType.CHARACTER_DEVICE;
            case 0x6000 -> EntryType.BLOCK_DEVICE;
            default -> throw new FormatException("The directory page is damaged: there is no file type "
                    + Integer.toOctalString(mode) + ".");
        };
    }

    static Entry entry(RawPath parent, Page page, int row, Change change) {
        Page.Owner owner = page.owner(row);
        EntryType type = type(owner.mode());
        long size = type == EntryType.DIRECTORY ? page.directory(row).entries() : page.size[row];
        return new Entry(parent.child(page.name(row)), type, size,
                Instant.ofEpochSecond(page.mtime[row], page.mtimeNanos[row]), owner.mode() & 07777, owner.uid(),
                owner.gid(), owner.user(), owner.group(), target(page, row), change);
    }

    private static @Nullable String target(Page page, int row) {
        if (page.bodyKind(row) != Body.LINK) {
            return null;
        }
        var body = page.body(row);
        return RawPath.displayOf(body.string(body.remaining(), "a link"));
    }

    /** Compares a row with its earlier version; {@code old} may be null when there was none. */
    static Change compare(Page page, int row, PointTree.@Nullable Found old) {
        if (old == null) {
            return Change.NEW;
        }
        Page p = old.page();
        int r = old.row();
        if (p == page && r == row) {
            return Change.UNCHANGED;
        }
        boolean same = page.owner(row).equals(p.owner(r)) && page.mtime[row] == p.mtime[r]
                && page.mtimeNanos[row] == p.mtimeNanos[r] && page.size[row] == p.size[r]
                && page.sameContent(row, p.content(r))
                && java.util.Arrays.equals(page.attributesOf(row), p.attributesOf(r));
        return same ? Change.UNCHANGED : Change.CHANGED;
    }

    /** Whether two rows hold the same version of a file: same content and modification time. */
    static boolean sameVersion(Page a, int rowA, Page b, int rowB) {
        return a.mode(rowA) == b.mode(rowB) && a.mtime[rowA] == b.mtime[rowB]
                && a.mtimeNanos[rowA] == b.mtimeNanos[rowB] && a.size[rowA] == b.size[rowB]
                && (a.bodyKind(rowA) == Body.DIRECTORY || a.sameContent(rowA, b.content(rowB)));
    }
}
