package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.format.Content;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.PageBuilder;

/**
 * Makes a whole tree of what an unfinished one has got so far: finished pages as they are, and of unfinished ones the
 * entries that have their content. Large files that are being read are in it with what was read.
 */
final class Checkpoints {
    private final Map<DirectoryNode, Open> open = new IdentityHashMap<>();

    /** An unfinished directory. */
    private static final class Open {
        private final DirectoryNode node;
        private final int depth;
        /** What is given to rows that have no content yet. */
        private final Map<PageNode, Map<Integer, Content>> given = new IdentityHashMap<>();
        private long files;
        private long directories;
        private long bytes;

        Open(DirectoryNode node, int depth) {
            this.node = node;
            this.depth = depth;
        }

        int depth() {
            return depth;
        }

        void give(PageNode page, int row, Content content) {
            given.computeIfAbsent(page, p -> new HashMap<>()).put(row, content);
        }
    }

    private Checkpoints() {
    }

    /**
     * Makes everybody stand still, makes durable what the workers have gathered, and stores a snapshot of the tree;
     * then the work goes on.
     *
     * @param waiting called now and then while somebody is still at work
     * @return the root directory, or null when the tree is complete
     */
    static @Nullable DirectoryBody take(TreeBuilder tree, WorkQueue queue, List<FileWorker> workers,
            Runnable waiting) throws IOException {
        try {
            tree.handOver();
            while (!queue.stop()) {
                waiting.run();
            }
            for (FileWorker worker : workers) {
                worker.flush();
            }
            var checkpoints = new Checkpoints();
            checkpoints.open(tree.current());
            // Entries that nobody has read yet are not in the snapshot, but what their directories have besides is.
            checkpoints.open(tree.held());
            checkpoints.open(queue.queued());
            workers.forEach(worker -> checkpoints.open(worker.batch()));
            for (LargeFile file : queue.parked()) {
                checkpoints.give(file);
            }
            return checkpoints.store();
        } finally {
            queue.resume();
        }
    }

    private void open(List<FileTask> tasks) {
        for (FileTask task : tasks) {
            if (!task.page().done()) {
                open(task.page().directory());
            }
        }
    }

    /** Notes an unfinished directory and all above it. Without recursion, because trees may be deep. */
    private void open(@Nullable DirectoryNode directory) {
        var chain = new ArrayList<DirectoryNode>();
        DirectoryNode node = directory;
        while (node != null && !open.containsKey(node)) {
            chain.add(node);
            node = node.parent();
        }
        int depth = node == null ? 0 : open.get(node).depth() + 1;
        for (DirectoryNode one : chain.reversed()) {
            open.put(one, new Open(one, depth++));
        }
    }

    private void give(LargeFile file) throws IOException {
        Content content = file.soFar();
        FileTask task = file.task();
        Open directory = open.get(task.page().directory());
        if (content != null && directory != null) {
            directory.give(task.page(), task.row(), content);
        }
    }

    private @Nullable DirectoryBody store() throws IOException {
        DirectoryBody body = null;
        List<Open> deepestFirst = open.values().stream().sorted(Comparator.comparingInt(Open::depth).reversed())
                .toList();
        for (Open directory : deepestFirst) {
            body = store(directory);
            DirectoryNode node = directory.node;
            if (node.parent() != null) {
                Open parent = open.get(node.parent());
                parent.give(node.entryPage(), node.entryRow(), body.toContent());
                parent.files += body.files();
                parent.directories += body.directories() + 1;
                parent.bytes += body.bytes();
            }
        }
        return body;
    }

    private static DirectoryBody store(Open directory) throws IOException {
        DirectoryNode node = directory.node;
        List<DirectoryBody.PageRef> refs = new ArrayList<>();
        long files = node.files() + directory.files;
        long directories = node.directories() + directory.directories;
        long bytes = node.bytes() + directory.bytes;
        for (PageNode page : node.pages()) {
            if (page.done()) {
                refs.addAll(page.result());
                continue;
            }
            PageBuilder copy = page.builder().snapshot(directory.given.getOrDefault(page, Map.of()));
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
