package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.vault.Excluded;
import org.holdfast.api.vault.Exclusions;

/**
 * Walks the items in the order of names, ahead of whoever takes the slices: as far as the queue and a budget of
 * entries allow. Runs on a thread of its own, so that the walk goes on while keys are derived or files are read.
 */
final class Walker implements Runnable {
    private static final byte[] CACHE_TAG = "CACHEDIR.TAG".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CACHE_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int DIRECTORY = 0x4000;
    private static final int TYPE = 0xf000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xa000;

    private final Source source;
    private final ItemTrie.Plan plan;
    private final Exclusions exclusions;
    private final Exclusion globs;
    private final CancelToken cancel;
    private final Consumer<Excluded> onExcluded;
    private final ScanQueue queue;
    private final ArrayDeque<byte[]> path = new ArrayDeque<>();
    private volatile long seenFiles;
    private volatile long seenBytes;
    private int itemsFound;

    Walker(Source source, ItemTrie.Plan plan, Exclusions exclusions, CancelToken cancel,
            Consumer<Excluded> onExcluded) {
        this.source = source;
        this.plan = plan;
        this.exclusions = exclusions;
        this.globs = new Exclusion(exclusions);
        this.cancel = cancel;
        this.onExcluded = onExcluded;
        this.queue = new ScanQueue(cancel);
    }

    @Override
    public void run() {
        try {
            for (byte[] segment : plan.base().segments()) {
                path.addLast(segment);
            }
            SourceDirectory base = source.openDirectory(plan.base());
            try {
                long device = -1;
                if (plan.root().isItem()) {
                    itemsFound++;
                    var self = new StatTable();
                    base.statSelf(self);
                    device = self.device[0];
                }
                walk(base, plan.root(), device);
            } finally {
                base.close();
            }
            queue.end();
        } catch (ScanQueue.Stopped e) {
            // Whoever takes the slices has gone: nobody is left to be told.
            queue.abort(e);
        } catch (IOException e) {
            queue.abort(new HoldfastException(Problem.PATH_NOT_FOUND,
                    "The directory " + plan.base() + " could not be read: " + e.getMessage() + ".",
                    "Check the paths to back up and the rights of this process.", e));
        } catch (RuntimeException | Error e) {
            queue.abort(e);
        }
    }

    /** The slices, to be taken by one other thread. */
    ScanQueue queue() {
        return queue;
    }

    private void walk(SourceDirectory directory, ItemTrie trie, long device) throws IOException {
        NameTable names = queue.names();
        List<Warning> missing = List.of();
        if (trie == null || trie.isItem()) {
            try {
                directory.list(names, cancel);
            } catch (IOException e) {
                unreadable(directory, e);
                return;
            }
        } else {
            missing = listItems(directory, trie, names);
        }
        String marker = trie == null || trie.isItem() ? marker(directory, names) : null;
        int n = names.count();
        int from = 0;
        do {
            int to = Math.min(n, from + Scan.MAX_ENTRIES);
            Scan scan = queue.scan();
            scan.directory = directory;
            directory.retain();
            scan.names = names;
            scan.from = from;
            scan.to = to;
            scan.last = to == n;
            scan.missing = from == 0 ? missing : List.of();
            if (to > from) {
                directory.stat(names, from, to, scan.stats);
            } else {
                scan.stats.reset(0);
            }
            filter(scan, trie, device, marker);
            // The walker needs rows after the slice is handed over, so it keeps what it needs of them.
            List<Child> children = children(scan, trie);
            queue.put(scan);
            for (Child child : children) {
                path.addLast(child.name());
                descend(directory, child, device);
                path.removeLast();
            }
            from = to;
        } while (from < n);
    }

    private record Child(byte[] name, ItemTrie trie, long device) {
    }

    private List<Child> children(Scan scan, ItemTrie trie) {
        int first = scan.descend.nextSetBit(0);
        if (first < 0) {
            return List.of();
        }
        var children = new ArrayList<Child>();
        for (int row = first; row >= 0; row = scan.descend.nextSetBit(row + 1)) {
            byte[] name = scan.names.name(scan.from + row);
            ItemTrie next = trie == null || trie.isItem() ? null : trie.children().get(name);
            children.add(new Child(name, next, scan.stats.device[row]));
        }
        return children;
    }

    private void descend(SourceDirectory parent, Child child, long device) throws IOException {
        SourceDirectory directory;
        try {
            directory = parent.openDirectory(child.name());
        } catch (IOException e) {
            unreadable(null, e);
            return;
        }
        try {
            boolean item = child.trie() != null && child.trie().isItem();
            walk(directory, item ? null : child.trie(), item || device < 0 ? child.device() : device);
        } finally {
            directory.close();
        }
    }

    private void unreadable(SourceDirectory directory, IOException e) {
        Scan scan = queue.scan();
        scan.directory = directory;
        if (directory != null) {
            directory.retain();
        }
        scan.failure = e;
        scan.names = queue.names();
        scan.from = 0;
        scan.to = 0;
        scan.last = true;
        queue.put(scan);
    }

    /** Lists the items in a directory, or what is on the way to them; returns what cannot be reached. */
    private List<Warning> listItems(SourceDirectory directory, ItemTrie trie, NameTable names) {
        var one = new StatTable();
        var missing = new ArrayList<Warning>();
        trie.children().forEach((name, child) -> {
            try {
                directory.stat(name, one);
                if (child.isItem()) {
                    itemsFound++;
                    names.add(name, 0, name.length);
                } else if ((one.mode[0] & TYPE) == DIRECTORY) {
                    names.add(name, 0, name.length);
                } else {
                    boolean link = (one.mode[0] & TYPE) == LINK;
                    miss(child, name, Problem.PATH_NOT_FOUND, link ? "Its path goes through the symbolic link "
                            + pathOf(name) + "; name it by its real path." : pathOf(name) + " is no directory.",
                            missing);
                }
            } catch (NoSuchFileException e) {
                miss(child, name, Problem.PATH_NOT_FOUND, "There is nothing at this path.", missing);
            } catch (IOException e) {
                miss(child, name, Problem.FILE_UNREADABLE, "Its metadata could not be read: " + e.getMessage() + ".",
                        missing);
            }
        });
        return missing;
    }

    private void miss(ItemTrie below, byte[] name, Problem problem, String reason, List<Warning> into) {
        var items = new ArrayList<RawPath>();
        below.items(pathOf(name), items);
        items.forEach(item -> into.add(new Warning(item, problem, reason)));
    }

    private String marker(SourceDirectory directory, NameTable names) {
        for (String file : exclusions.markerFiles()) {
            if (contains(names, file.getBytes(StandardCharsets.UTF_8))) {
                return "holds " + file;
            }
        }
        if (exclusions.cacheDirectories() && contains(names, CACHE_TAG)) {
            try (var file = directory.openFile(CACHE_TAG)) {
                var head = new byte[CACHE_SIGNATURE.length];
                if (file.read(0, head, 0, head.length) == head.length
                        && java.util.Arrays.equals(head, CACHE_SIGNATURE)) {
                    return "is a cache directory (CACHEDIR.TAG)";
                }
            } catch (IOException e) {
                // Not readable, so not a valid tag: the directory is backed up.
                return null;
            }
        }
        return null;
    }

    private static boolean contains(NameTable names, byte[] name) {
        int low = 0;
        int high = names.count() - 1;
        while (low <= high) {
            int mid = (low + high) >>> 1;
            int c = names.compare(mid, name, 0, name.length);
            if (c == 0) {
                return true;
            }
            if (c < 0) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return false;
    }

    private void filter(Scan scan, ItemTrie trie, long device, String marker) {
        boolean inside = trie == null || trie.isItem();
        int rows = scan.to - scan.from;
        long files = seenFiles;
        long bytes = seenBytes;
        for (int row = 0; row < rows; row++) {
            int mode = scan.stats.mode[row];
            if (mode < 0 && marker == null) {
                continue;
            }
            boolean directory = mode >= 0 && (mode & TYPE) == DIRECTORY;
            if (inside) {
                String reason = marker == null ? reason(scan, row, mode) : "its directory " + marker;
                if (reason != null) {
                    scan.excluded.set(row);
                    onExcluded.accept(new Excluded(pathOf(scan.names.name(scan.from + row)), directory, reason));
                    continue;
                }
            }
            if (directory) {
                if (exclusions.oneFileSystem() && inside && device >= 0 && scan.stats.device[row] != device) {
                    onExcluded.accept(new Excluded(pathOf(scan.names.name(scan.from + row)), true,
                            "is on another file system"));
                    continue;
                }
                scan.descend.set(row);
            } else {
                files++;
                bytes += (mode & TYPE) == REGULAR ? scan.stats.size[row] : 0;
            }
        }
        seenFiles = files;
        seenBytes = bytes;
    }

    /** Whether the walk has ended, so that {@link #seenFiles()} and {@link #seenBytes()} are all there is. */
    boolean finished() {
        return queue.ended();
    }

    /** How many of the items are there; known when the walk has ended. */
    int itemsFound() {
        return itemsFound;
    }

    /** Entries seen that are not directories. */
    long seenFiles() {
        return seenFiles;
    }

    /** Sum of the sizes of the files seen. */
    long seenBytes() {
        return seenBytes;
    }

    private String reason(Scan scan, int row, int mode) {
        if (!globs.isEmpty()) {
            int i = scan.from + row;
            NameTable names = scan.names;
            byte[] full = globs.needsPaths() ? pathOf(names.name(i)).bytes() : null;
            String glob = globs.match(names.bytes(), names.offset(i), names.length(i), full);
            if (glob != null) {
                return "matches " + glob;
            }
        }
        if (exclusions.largerThan() >= 0 && (mode & TYPE) == REGULAR
                && scan.stats.size[row] > exclusions.largerThan()) {
            return "is larger than " + exclusions.largerThan() + " bytes";
        }
        return null;
    }

    private RawPath pathOf(byte[] name) {
        RawPath result = RawPath.ROOT;
        for (byte[] segment : path) {
            result = result.child(segment);
        }
        return result.child(name);
    }
}
