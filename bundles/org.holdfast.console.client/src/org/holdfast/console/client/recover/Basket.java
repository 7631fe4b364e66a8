package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.PointSummary;

/** What a person has gathered to restore. Nothing is in it twice: a folder covers what is below it. */
public final class Basket {
    /**
     * Something to restore.
     *
     * @param point where it comes from
     * @param entry a file or folder, or null for the whole point
     */
    public record Item(PointSummary point, @Nullable Entry entry) {
        /** Its path; the point's base for a whole point. */
        public RawPath path() {
            Entry e = entry;
            return e == null ? point.base() : e.path();
        }

        /** Whether everything below it comes along. */
        public boolean isFolder() {
            Entry e = entry;
            return e == null || e.type() == EntryType.DIRECTORY;
        }

        /** Bytes, or -1 when only a dry run can tell. */
        public long bytes() {
            Entry e = entry;
            return e == null ? point.bytes() : e.type() == EntryType.DIRECTORY ? -1 : e.size();
        }

        private boolean covers(Item other) {
            return point.id().equals(other.point.id()) && (entry == null
                    || path().equals(other.path()) || isFolder() && other.path().startsWith(path()));
        }
    }

    private final List<Item> items = new ArrayList<>();

    /** What is in it, in the order it came. */
    public List<Item> items() {
        return List.copyOf(items);
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return items.isEmpty();
    }

    /**
     * Adds items that are not covered yet, and drops what a new one covers.
     *
     * @return how many were added
     */
    public int add(Collection<Item> fresh) {
        int added = 0;
        for (Item item : fresh) {
            if (items.stream().noneMatch(known -> known.covers(item))) {
                items.removeIf(item::covers);
                items.add(item);
                added++;
            }
        }
        return added;
    }

    /** Takes items out. */
    public void remove(Collection<Item> old) {
        items.removeAll(old);
    }

    /** Takes everything out. */
    public void clear() {
        items.clear();
    }

    /** Bytes of all items whose size is known. */
    public long knownBytes() {
        return items.stream().mapToLong(i -> Math.max(0, i.bytes())).sum();
    }

    /** Whether {@link #knownBytes()} is all. */
    public boolean isSizeKnown() {
        return items.stream().allMatch(i -> i.bytes() >= 0);
    }
}
