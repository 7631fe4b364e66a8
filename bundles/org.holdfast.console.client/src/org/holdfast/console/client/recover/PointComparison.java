package org.holdfast.console.client.recover;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;

/**
 * Finds what differs between two recovery points of a server, folder by folder. Both listings come in the order of
 * names, so they are merged page by page; a folder that no point between the two has changed is not entered.
 */
final class PointComparison {
    private static final int PAGE = 1000;
    /** Asking more points whether they changed a folder costs more than looking into it. */
    private static final int MOST_BETWEEN = 32;

    private final OpenVault vault;
    private final PointSummary older;
    private final PointSummary newer;
    /** Points between the two, which tell of a folder whether they changed it. */
    private final List<PointSummary> between;
    private final boolean chained;
    private final CancelToken cancel;

    /** A page-wise reader of one folder. */
    private final class Reader {
        private final String point;
        private final @Nullable RawPath folder;
        private List<Entry> page = List.of();
        private int from;
        private int at;
        private boolean over;

        /** @param folder null when the point has none of that path */
        Reader(String point, @Nullable RawPath folder) {
            this.point = point;
            this.folder = folder;
            this.over = folder == null;
        }

        /** The entry that comes next, or null at the end. */
        @Nullable
        Entry peek() {
            while (true) {
                while (at < page.size()) {
                    Entry entry = page.get(at);
                    if (entry.change() != Change.REMOVED) {
                        return entry;
                    }
                    at++;
                }
                if (over) {
                    return null;
                }
                load();
            }
        }

        void next() {
            at++;
        }

        private void load() {
            cancel.check();
            RawPath path = Objects.requireNonNull(folder);
            try {
                Listing listing = vault.list(point, path, from, PAGE);
                page = listing.entries();
                from += page.size();
                at = 0;
                over = page.isEmpty() || from >= listing.total();
            } catch (HoldfastException e) {
                if (e.problem() != Problem.PATH_NOT_FOUND) {
                    throw e;
                }
                page = List.of();
                over = true;
            }
        }
    }

    /**
     * @param all points of the server, oldest first; tells which lie between the two
     * @param older one of them
     * @param newer a later one
     */
    PointComparison(OpenVault vault, List<PointSummary> all, PointSummary older, PointSummary newer,
            CancelToken cancel) {
        this.vault = vault;
        this.older = older;
        this.newer = newer;
        this.cancel = cancel;
        List<PointSummary> chain = all.stream()
                .filter(p -> p.server().equals(newer.server()) && p.base().equals(newer.base()))
                .sorted(Comparator.comparing(PointSummary::time)).toList();
        int first = chain.indexOf(older);
        int last = chain.indexOf(newer);
        chained = first >= 0 && last > first && last - first <= MOST_BETWEEN;
        between = chained ? chain.subList(first + 1, last) : List.of();
    }

    /**
     * Runs; blocks.
     *
     * @param folder what to compare, with all below it
     * @param found told each difference
     * @param looked told each folder that is entered
     */
    void run(RawPath folder, Consumer<CompareModel.Difference> found, Consumer<RawPath> looked) {
        Deque<RawPath> folders = new ArrayDeque<>();
        folders.push(folder);
        while (!folders.isEmpty()) {
            cancel.check();
            RawPath next = folders.pop();
            looked.accept(next);
            merge(next, found, folders);
        }
    }

    private void merge(RawPath folder, Consumer<CompareModel.Difference> found, Deque<RawPath> folders) {
        var before = new Reader(older.id(), folder.startsWith(older.base()) ? folder : null);
        var after = new Reader(newer.id(), folder.startsWith(newer.base()) ? folder : null);
        while (true) {
            Entry a = before.peek();
            Entry b = after.peek();
            if (a == null && b == null) {
                return;
            }
            int order = a == null ? 1
                    : b == null ? -1
                            : Arrays.compareUnsigned(a.path().name(), b.path().name());
            if (order < 0) {
                found.accept(new CompareModel.Difference(Change.REMOVED, a, null));
                before.next();
            } else if (order > 0) {
                found.accept(new CompareModel.Difference(Change.NEW, null, b));
                after.next();
            } else {
                pair(Objects.requireNonNull(a), Objects.requireNonNull(b), found, folders);
                before.next();
                after.next();
            }
        }
    }

    private void pair(Entry a, Entry b, Consumer<CompareModel.Difference> found, Deque<RawPath> folders) {
        if (differs(a, b)) {
            found.accept(new CompareModel.Difference(Change.CHANGED, a, b));
        }
        if (a.type() == EntryType.DIRECTORY && b.type() == EntryType.DIRECTORY && !untouched(b)) {
            folders.push(b.path());
        }
    }

    /** A folder's size and time change with what is in it, which is told for itself. */
    private static boolean differs(Entry a, Entry b) {
        boolean folders = a.type() == EntryType.DIRECTORY && b.type() == EntryType.DIRECTORY;
        return a.type() != b.type() || a.mode() != b.mode() || a.uid() != b.uid() || a.gid() != b.gid()
                || !folders && (a.size() != b.size() || !a.modified().equals(b.modified())
                        || !Objects.equals(a.linkTarget(), b.linkTarget()));
    }

    private boolean untouched(Entry folder) {
        if (!chained || folder.change() != Change.UNCHANGED) {
            return false;
        }
        for (PointSummary point : between) {
            cancel.check();
            if (vault.entry(point.id(), folder.path()).change() != Change.UNCHANGED) {
                return false;
            }
        }
        return true;
    }
}
