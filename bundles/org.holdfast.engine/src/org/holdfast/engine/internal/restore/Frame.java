package org.holdfast.engine.internal.restore;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.format.DirectoryBody;

/**
 * A directory of the recovery point that is being walked, on a stack of our own: a tree may be deeper than the stack
 * of a thread.
 *
 * @param <T> what stands for the directory here
 */
final class Frame<T> {
    final T place;
    final DirectoryBody body;
    final Selection selection;
    private int nextPage;
    private @Nullable PageView view;
    private int[] directories = new int[16];
    private int count;
    private int next;

    Frame(T place, DirectoryBody body, Selection selection) {
        this.place = place;
        this.body = body;
        this.selection = selection;
    }

    /** Number of the next page that may hold something selected, or -1. */
    int nextPage() {
        while (nextPage < body.pages().size()) {
            int page = nextPage++;
            if (selection.touches(body, page)) {
                return page;
            }
        }
        return -1;
    }

    /** A page is being looked at. */
    void begin(PageView page) {
        view = page;
        count = 0;
        next = 0;
    }

    /** A row of the page is a directory, to be entered when the files of the page are under way. */
    void addDirectory(int row) {
        if (count == directories.length) {
            directories = java.util.Arrays.copyOf(directories, count * 2);
        }
        directories[count++] = row;
    }

    /** Row of the next directory to enter, or -1. */
    int nextDirectory() {
        if (next == count) {
            view = null;
            return -1;
        }
        return directories[next++];
    }

    @Nullable
    PageView view() {
        return view;
    }
}
