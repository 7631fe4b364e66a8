package org.holdfast.console.client;

import java.util.LinkedHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Listing;

/**
 * Pages of directories that were listed lately. A recovery point never changes, so nothing here can be out of date;
 * the bound is on entries, because a page can hold one entry or a thousand. Thread-safe.
 */
final class ListingCache {
    /** Names one page. */
    record Key(String pointId, RawPath directory, int page) {
    }

    private final LinkedHashMap<Key, Listing> pages = new LinkedHashMap<>(64, 0.75f, true);
    private final int maxEntries;
    private int entries;

    /** @param maxEntries most entries held; the page used last stays even when it alone is larger */
    ListingCache(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    synchronized @Nullable Listing get(Key key) {
        return pages.get(key);
    }

    synchronized void put(Key key, Listing page) {
        Listing old = pages.put(key, page);
        entries += weight(page) - (old == null ? 0 : weight(old));
        var oldest = pages.entrySet().iterator();
        while (entries > maxEntries && pages.size() > 1) {
            entries -= weight(oldest.next().getValue());
            oldest.remove();
        }
    }

    synchronized void clear() {
        pages.clear();
        entries = 0;
    }

    /** Entries held now. */
    synchronized int entries() {
        return entries;
    }

    /** An empty page costs something too. */
    private static int weight(Listing page) {
        return Math.max(1, page.entries().size());
    }
}
