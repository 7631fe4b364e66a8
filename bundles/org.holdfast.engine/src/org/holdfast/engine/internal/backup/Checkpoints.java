package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.format.Content;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.PageBuilder;

/**
 * Makes a whole tree of what an unfinished one has got so far: finished pages as they are, and of unfinished ones the
 * entries that have their content.
 */
final class Checkpoints {
    private Checkpoints() {
    }

    /**
     * Stores a snapshot of the tree. Nothing may be at work on it meanwhile.
     *
     * @param current the directory the tree builder is in
     * @return the root directory
     */
    static DirectoryBody snapshot(DirectoryNode current) throws IOException {
        DirectoryNode node = current;
        PageNode childPage = null;
        int childRow = -1;
        DirectoryBody body = null;
        while (node != null) {
            body = snapshot(node, childPage, childRow, body);
            childPage = node.entryPage();
            childRow = node.entryRow();
            node = node.parent();
        }
        return body;
    }

    private static DirectoryBody snapshot(DirectoryNode node, PageNode childPage, int childRow, DirectoryBody child)
            throws IOException {
        Content content = child == null ? null : child.toContent();
        List<DirectoryBody.PageRef> refs = new ArrayList<>();
        long files = node.files() + (child == null ? 0 : child.files());
        long directories = node.directories() + (child == null ? 0 : child.directories() + 1);
        long bytes = node.bytes() + (child == null ? 0 : child.bytes());
        for (PageNode page : node.pages()) {
            if (page.done()) {
                refs.addAll(page.result());
                continue;
            }
            PageBuilder copy = page.builder().snapshot(page == childPage ? childRow : -1, content);
            int entries = copy.entries();
            if (entries > 0) {
                files += copy.files();
                bytes += copy.bytes();
                refs.addAll(PageNode.store(copy, node.meta()));
            }
        }
        return new DirectoryBody(files, directories, bytes, refs);
    }
}
