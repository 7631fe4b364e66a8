package org.holdfast.engine.internal.restore;

import org.holdfast.api.RawPath;
import org.holdfast.format.Body;
import org.holdfast.format.Page;

/**
 * An entry to be restored that is not a directory. Holds its directory open until {@link TargetNode#done}.
 *
 * @param node the directory it goes to
 * @param view the page its entry is on
 * @param row row of the entry
 * @param length bytes of content; 0 for everything but files
 */
record FileTask(TargetNode node, PageView view, int row, long length) {
    static final int TYPE = 0xf000;
    static final int REGULAR = 0x8000;
    static final int DIRECTORY = 0x4000;
    static final int LINK = 0xa000;
    static final int CHARACTER = 0x2000;
    static final int BLOCK = 0x6000;
    static final int FIFO = 0x1000;
    static final int SOCKET = 0xc000;

    /** Files above this size, and those with lists of their own, are written by all workers together. */
    private static final long LARGE = 4L << 20;

    Page page() {
        return view.page();
    }

    byte[] name() {
        return page().name(row);
    }

    int mode() {
        return page().mode(row);
    }

    boolean isFile() {
        return (mode() & TYPE) == REGULAR;
    }

    boolean sparse() {
        return (page().flags[row] & Page.SPARSE) != 0;
    }

    boolean multi() {
        return (page().flags[row] & Page.MULTI) != 0;
    }

    boolean large() {
        int kind = page().bodyKind(row);
        return isFile() && length > 0 && (kind == Body.LISTS || kind == Body.SEGMENTS && length > LARGE);
    }

    RawPath path(RawPath base) {
        return node.path(base).child(name());
    }
}
