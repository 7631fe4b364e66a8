package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.holdfast.engine.internal.objects.MetaWriter;
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
    private PageBuilder builder = new PageBuilder();
    /** One for the tree builder, one for each row without content. */
    private final AtomicInteger pending = new AtomicInteger(1);
    /** The page this one equals so far, or null. */
    private Page same;
    private byte[] sameId;
    private volatile boolean differs;
    private volatile List<DirectoryBody.PageRef> result = List.of();
    private volatile boolean done;

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

    /** A subdirectory is complete; {@link #complete} must follow. */
    void directoryDone(int row, Content content) {
        if (!differs && !same.sameContent(row, content)) {
            differs = true;
        }
        builder.set(row, content);
    }

    /** A subdirectory has vanished; {@link #complete} must follow. */
    void drop(int row) {
        differs = true;
        builder.drop(row);
    }

    /** A row got its content, or the builder adds no more rows. Without recursion, because trees may be deep. */
    void complete() throws IOException {
        PageNode page = this;
        while (page != null && page.pending.decrementAndGet() == 0) {
            page.store();
            page = page.directory.complete();
        }
    }

    private void store() throws IOException {
        int entries = builder.entries();
        if (entries > 0) {
            directory.count(builder.files(), 0, builder.bytes());
            result = !differs && same != null && same.count == builder.count()
                    ? List.of(new DirectoryBody.PageRef(sameId, entries, builder.firstName()))
                    : store(builder, directory.meta());
        }
        // A directory keeps its pages until it is complete, and there may be thousands.
        builder = null;
        same = null;
        done = true;
    }

    /** Stores what a builder has. */
    static List<DirectoryBody.PageRef> store(PageBuilder builder, MetaWriter meta) throws IOException {
        var refs = new ArrayList<DirectoryBody.PageRef>(1);
        for (PageBuilder part : builder.parts()) {
            refs.add(new DirectoryBody.PageRef(meta.page(part), part.entries(), part.firstName()));
        }
        return refs;
    }

    /** Whether the page is stored, if there was anything to store. */
    boolean done() {
        return done;
    }

    /** The page when it is stored: usually one, none when no entry was left. */
    List<DirectoryBody.PageRef> result() {
        return result;
    }
}
