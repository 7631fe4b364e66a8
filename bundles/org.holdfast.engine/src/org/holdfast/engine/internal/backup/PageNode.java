package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.holdfast.format.Content;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.Page;
import org.holdfast.format.PageBuilder;

/**
 * A page under construction. The tree builder adds rows; workers fill in what they read; whoever fills in the last
 * row stores the page, or finds that it is the very page of the previous recovery point.
 */
final class PageNode {
    private final DirectoryNode directory;
    private final PageBuilder builder = new PageBuilder();
    /** One for the tree builder, one for each row without content. */
    private final AtomicInteger pending = new AtomicInteger(1);
    /** The page this one equals so far, or null. */
    private Page same;
    private byte[] sameId;
    private volatile boolean differs;
    private volatile DirectoryBody.PageRef result;

    PageNode(DirectoryNode directory) {
        this.directory = directory;
    }

    DirectoryNode directory() {
        return directory;
    }

    PageBuilder builder() {
        return builder;
    }

    /**
     * Notes that a row just added equals a row of a page of the previous recovery point in all but content, which the
     * caller vouches for or {@link #directoryDone} checks.
     */
    void matched(int row, Page page, byte[] id, int pageRow) {
        if (row == 0 && pageRow == 0) {
            same = page;
            sameId = id;
        } else if (same != page || pageRow != row) {
            differs = true;
        }
    }

    /** Notes that a row is new or changed. */
    void differs() {
        differs = true;
    }

    /** A row will get its content later. */
    void expect() {
        pending.incrementAndGet();
    }

    /** A subdirectory is complete. */
    void directoryDone(int row, Content content) throws IOException {
        if (!differs && !same.sameContent(row, content)) {
            differs = true;
        }
        builder.set(row, content);
        complete();
    }

    /** A subdirectory has vanished. */
    void drop(int row) throws IOException {
        differs = true;
        builder.drop(row);
        complete();
    }

    /** A row got its content, or the builder adds no more rows. */
    void complete() throws IOException {
        if (pending.decrementAndGet() > 0) {
            return;
        }
        int entries = builder.entries();
        if (entries > 0) {
            directory.count(builder.files(), 0, builder.bytes());
            byte[] id = !differs && same != null && same.count == builder.count() ? sameId
                    : directory.meta().page(builder);
            result = new DirectoryBody.PageRef(id, entries, builder.firstName());
        }
        directory.complete();
    }

    DirectoryBody.PageRef result() {
        return result;
    }
}
