package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.engine.internal.browse.PointTree;
import org.holdfast.format.Body;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.Page;

/** Which part of a directory is to be restored: all of it, or what is below some of its names. Immutable when built. */
final class Selection {
    /** Everything. */
    static final Selection ALL = new Selection(null);

    /** Selected names as unsigned bytes, or null for all. */
    private final @Nullable NavigableMap<byte[], Selection> names;

    private Selection(@Nullable NavigableMap<byte[], Selection> names) {
        this.names = names;
    }

    /** How much is selected. */
    record Totals(long files, long directories, long bytes) {
        private Totals plus(Page page, int row) {
            if (page.bodyKind(row) == Body.DIRECTORY) {
                DirectoryBody body = page.directory(row);
                return new Totals(files + body.files(), directories + body.directories() + 1, bytes + body.bytes());
            }
            return new Totals(files + 1, directories, bytes + page.size[row]);
        }
    }

    /** What was asked for, found in the tree. */
    record Resolved(Selection selection, Totals totals) {
    }

    /**
     * Finds all paths before anything is written.
     *
     * @param include absolute paths or paths relative to the base; empty for everything
     * @throws org.holdfast.api.HoldfastException with PATH_NOT_FOUND for a path that is not in the point
     */
    static Resolved resolve(PointTree tree, List<RawPath> include) throws IOException {
        Selection root = include.isEmpty() ? ALL : new Selection(new TreeMap<>(Arrays::compareUnsigned));
        for (RawPath path : include) {
            RawPath relative = tree.relative(path);
            if (relative.isEmpty()) {
                root = ALL;
            } else {
                if (tree.find(relative) == null) {
                    throw PointTree.notFound(path);
                }
                root.add(relative.segments());
            }
        }
        return new Resolved(root, root.totals(tree, tree.root()));
    }

    private void add(List<byte[]> segments) {
        Selection at = this;
        for (int i = 0; i < segments.size() && at.names != null; i++) {
            if (i + 1 == segments.size()) {
                at.names.put(segments.get(i), ALL);
            } else {
                at = at.names.computeIfAbsent(segments.get(i),
                        k -> new Selection(new TreeMap<>(Arrays::compareUnsigned)));
            }
        }
    }

    /** How much of a directory is selected. */
    Totals totals(PointTree tree, DirectoryBody directory) throws IOException {
        return names == null ? new Totals(directory.files(), directory.directories(), directory.bytes())
                : count(tree, directory, new Totals(0, 0, 0));
    }

    private Totals count(PointTree tree, DirectoryBody directory, Totals before) throws IOException {
        Totals sum = before;
        if (names == null) {
            return sum;
        }
        for (var entry : names.entrySet()) {
            PointTree.Found found = tree.find(directory, entry.getKey());
            if (found == null) {
                continue;
            }
            sum = entry.getValue() == ALL ? sum.plus(found.page(), found.row())
                    : entry.getValue().count(tree, found.page().directory(found.row()), sum);
        }
        return sum;
    }

    /** Whether everything is selected. */
    boolean isAll() {
        return names == null;
    }

    /** Whether a page of a directory may hold something selected. */
    boolean touches(DirectoryBody directory, int page) {
        if (names == null) {
            return true;
        }
        byte[] first = directory.pages().get(page).firstName();
        boolean last = page + 1 == directory.pages().size();
        NavigableMap<byte[], Selection> from = names.tailMap(first, true);
        return !(last ? from : from.headMap(directory.pages().get(page + 1).firstName(), false)).isEmpty();
    }

    /** What is selected of an entry and below it; null for nothing. */
    @Nullable
    Selection of(byte[] name) {
        return names == null ? ALL : names.get(name);
    }
}
