package org.holdfast.engine.internal.browse;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.format.Body;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.Manifest;
import org.holdfast.format.Page;

/** The tree of one recovery point, read page by page. One thread at a time. */
public final class PointTree {
    private final MetaReader reader;
    private final RawPath base;
    private final DirectoryBody root;

    /** @param details of the point's manifest */
    public PointTree(MetaReader reader, Manifest.Details details) {
        this.reader = reader;
        this.base = RawPath.of(details.base());
        this.root = details.root();
    }

    /** An entry and where it stands. */
    public record Found(Page page, int row, byte[] pageId) {
    }

    /** Directory all items are below. */
    public RawPath base() {
        return base;
    }

    /** The root directory. */
    public DirectoryBody root() {
        return root;
    }

    /**
     * The path relative to the base.
     *
     * @throws HoldfastException with {@link Problem#PATH_NOT_FOUND} when it is absolute and not below the base
     */
    public RawPath relative(RawPath path) {
        if (!path.isAbsolute()) {
            return path;
        }
        if (!path.startsWith(base)) {
            if (base.startsWith(path)) {
                return RawPath.EMPTY;
            }
            throw notFound(path);
        }
        return path.relativeTo(base);
    }

    /** The failure for a path that is not in the point. */
    public static HoldfastException notFound(RawPath path) {
        return new HoldfastException(Problem.PATH_NOT_FOUND, "The recovery point has no '" + path + "'.",
                "Browse the point to see what it holds.");
    }

    /** Finds an entry by its path relative to the base; null when there is none or the path is empty. */
    public @Nullable Found find(RawPath relative) throws IOException {
        DirectoryBody directory = root;
        Found found = null;
        List<byte[]> segments = relative.segments();
        for (int i = 0; i < segments.size(); i++) {
            found = find(directory, segments.get(i));
            if (found == null) {
                return null;
            }
            if (i + 1 < segments.size()) {
                if (found.page().bodyKind(found.row()) != Body.DIRECTORY) {
                    return null;
                }
                directory = found.page().directory(found.row());
            }
        }
        return found;
    }

    /** Finds an entry of a directory. */
    public @Nullable Found find(DirectoryBody directory, byte[] name) throws IOException {
        List<DirectoryBody.PageRef> pages = directory.pages();
        int low = 0;
        int high = pages.size() - 1;
        while (low < high) {
            int mid = (low + high + 1) >>> 1;
            if (Arrays.compareUnsigned(pages.get(mid).firstName(), name) <= 0) {
                low = mid;
            } else {
                high = mid - 1;
            }
        }
        if (pages.isEmpty()) {
            return null;
        }
        byte[] id = pages.get(low).id();
        Page page = reader.page(directory, low);
        int row = page.find(name);
        return row < 0 ? null : new Found(page, row, id);
    }

    /**
     * The directory at a path relative to the base.
     *
     * @throws HoldfastException with {@link Problem#PATH_NOT_FOUND} when there is none
     */
    public DirectoryBody directory(RawPath relative) throws IOException {
        if (relative.isEmpty()) {
            return root;
        }
        Found found = find(relative);
        if (found == null) {
            throw notFound(relative);
        }
        if (found.page().bodyKind(found.row()) != Body.DIRECTORY) {
            throw new HoldfastException(Problem.PATH_NOT_FOUND, "'" + relative + "' is not a directory.", "");
        }
        return found.page().directory(found.row());
    }

    /** The reader behind. */
    public MetaReader reader() {
        return reader;
    }
}
