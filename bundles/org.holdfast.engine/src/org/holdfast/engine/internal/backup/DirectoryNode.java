package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.holdfast.api.RawPath;
import org.holdfast.engine.internal.objects.MetaWriter;
import org.holdfast.format.Content;
import org.holdfast.format.DirectoryBody;

/** A directory under construction. Done when all its pages are; then it becomes the content of its own entry. */
final class DirectoryNode {
    private final DirectoryNode parent;
    private final byte[] name;
    private final RawPath base;
    /** Page and row of this directory's own entry; null for the root. */
    private final PageNode entryPage;
    private final int entryRow;
    private final MetaWriter meta;
    private final List<PageNode> pages = new ArrayList<>();
    /** One for the builder that still adds pages, one for each page that is not stored. */
    private final AtomicInteger pending = new AtomicInteger(1);
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong directories = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile DirectoryBody result;
    private volatile boolean dropped;

    private DirectoryNode(DirectoryNode parent, byte[] name, RawPath base, PageNode entryPage, int entryRow,
            MetaWriter meta) {
        this.parent = parent;
        this.name = name;
        this.base = base;
        this.entryPage = entryPage;
        this.entryRow = entryRow;
        this.meta = meta;
    }

    static DirectoryNode root(RawPath base, MetaWriter meta) {
        return new DirectoryNode(null, null, base, null, -1, meta);
    }

    DirectoryNode child(byte[] childName, PageNode page, int row) {
        return new DirectoryNode(this, childName, base, page, row, meta);
    }

    DirectoryNode parent() {
        return parent;
    }

    PageNode entryPage() {
        return entryPage;
    }

    int entryRow() {
        return entryRow;
    }

    MetaWriter meta() {
        return meta;
    }

    /** Absolute path; made on demand, because only warnings and progress need it. */
    RawPath path() {
        var names = new ArrayList<byte[]>();
        for (DirectoryNode node = this; node.parent != null; node = node.parent) {
            names.add(node.name);
        }
        RawPath path = base;
        for (byte[] segment : names.reversed()) {
            path = path.child(segment);
        }
        return path;
    }

    synchronized PageNode newPage() {
        var page = new PageNode(this);
        pages.add(page);
        pending.incrementAndGet();
        return page;
    }

    synchronized List<PageNode> pages() {
        return List.copyOf(pages);
    }

    void count(long addFiles, long addDirectories, long addBytes) {
        files.addAndGet(addFiles);
        directories.addAndGet(addDirectories);
        bytes.addAndGet(addBytes);
    }

    long files() {
        return files.get();
    }

    long directories() {
        return directories.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** The directory is gone, so it gets no entry. The root stays. */
    void drop() {
        dropped = true;
    }

    /** The builder adds no more pages. */
    void close() throws IOException {
        PageNode above = complete();
        if (above != null) {
            above.complete();
        }
    }

    /**
     * A page is complete, or the builder adds no more.
     *
     * @return the page that has this directory's entry and is to be told that the entry is complete; or null
     */
    PageNode complete() {
        if (pending.decrementAndGet() > 0) {
            return null;
        }
        DirectoryBody body = body();
        synchronized (this) {
            pages.clear();
        }
        if (parent == null) {
            result = body;
            return null;
        }
        if (dropped) {
            entryPage.drop(entryRow);
            return entryPage;
        }
        parent.count(body.files(), body.directories() + 1, body.bytes());
        Content content = body.toContent();
        entryPage.directoryDone(entryRow, content);
        return entryPage;
    }

    private synchronized DirectoryBody body() {
        var refs = new ArrayList<DirectoryBody.PageRef>();
        for (PageNode page : pages) {
            refs.addAll(page.result());
        }
        return new DirectoryBody(files.get(), directories.get(), bytes.get(), refs);
    }

    /** The finished directory, or null while it is not; for the root. */
    DirectoryBody result() {
        return result;
    }
}
