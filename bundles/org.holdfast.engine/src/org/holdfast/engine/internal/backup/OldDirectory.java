package org.holdfast.engine.internal.backup;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.format.Body;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.FormatException;
import org.holdfast.format.Page;

/** A directory of an earlier recovery point, read page by page in step with the scan. */
final class OldDirectory {
    private final MetaReader reader;
    private final DirectoryBody body;
    private final boolean counted;
    private int next;
    private Page page;
    private byte[] pageId;
    private int row;
    private long removed;

    /** @param counted whether {@link #finish} tells what is gone; of several points only one does */
    OldDirectory(MetaReader reader, DirectoryBody body, boolean counted) {
        this.reader = reader;
        this.body = body;
        this.counted = counted;
    }

    /**
     * Moves to a name; names must come in order.
     *
     * @return whether the directory had it; then {@link #page} and {@link #row} tell where
     */
    boolean seek(byte[] name, int at, int length) {
        while (true) {
            if (page == null || row == page.count) {
                if (!load()) {
                    return false;
                }
            }
            int c = page.compareName(row, name, at, length);
            if (c == 0) {
                return true;
            }
            if (c > 0) {
                return false;
            }
            skip();
        }
    }

    /** Whether it is at a name, after {@link #seek}. */
    boolean at(byte[] name, int at, int length) {
        return page != null && row < page.count && page.compareName(row, name, at, length) == 0;
    }

    /** Whether the current row is a file that its backup had not read to the end. */
    boolean partial() {
        return (page.flags[row] & Page.PARTIAL) != 0;
    }

    /** How far its backup had got with the file of the current row, or null. */
    @Nullable
    PartialFile begun() {
        return PartialFile.of(page, row, reader);
    }

    private boolean load() {
        while (next < body.pages().size()) {
            pageId = body.pages().get(next).id();
            try {
                page = reader.page(body, next++);
                row = 0;
                return true;
            } catch (FormatException | IOException e) {
                // The earlier point is only a hint here: what cannot be read of it is read from the source again.
                page = null;
            }
        }
        page = null;
        return false;
    }

    /** Steps over a row that is gone. */
    void skip() {
        if (page.bodyKind(row) != Body.DIRECTORY) {
            removed++;
        } else {
            removed += page.directory(row).files();
        }
        row++;
    }

    /** Steps over a row that was found. */
    void consume() {
        row++;
    }

    Page page() {
        return page;
    }

    byte[] pageId() {
        return pageId;
    }

    int row() {
        return row;
    }

    /** The old version of a subdirectory at the current row. */
    OldDirectory child() {
        return new OldDirectory(reader, page.directory(row), counted);
    }

    /** Steps over the rest and tells how many entries that are not directories are gone. */
    long finish() {
        while (counted && (page != null || load())) {
            while (page != null && row < page.count) {
                skip();
            }
            page = null;
        }
        return counted ? removed : 0;
    }
}
