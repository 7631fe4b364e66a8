package org.holdfast.console.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.Collections;

import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Listing;
import org.junit.jupiter.api.Test;

class ListingCacheTest {
    private static final Entry ENTRY = new Entry(RawPath.of("/a"), EntryType.FILE, 1, Instant.EPOCH, 0644, 0, 0, "",
            "", null, Change.UNKNOWN);

    private final ListingCache cache = new ListingCache(100);

    @Test
    void dropsThePagesUsedLongestAgo() {
        cache.put(key(0), page(40));
        cache.put(key(1), page(40));
        cache.get(key(0));
        cache.put(key(2), page(40));
        assertNotNull(cache.get(key(0)));
        assertNull(cache.get(key(1)));
        assertNotNull(cache.get(key(2)));
        assertEquals(80, cache.entries());
    }

    @Test
    void countsAReplacedPageOnce() {
        cache.put(key(0), page(40));
        cache.put(key(0), page(10));
        assertEquals(10, cache.entries());
    }

    @Test
    void keepsOnePageThatIsLargerThanTheBound() {
        cache.put(key(0), page(10));
        cache.put(key(1), page(500));
        assertNull(cache.get(key(0)));
        assertNotNull(cache.get(key(1)));
    }

    @Test
    void emptyPagesCannotPileUp() {
        for (int i = 0; i < 1000; i++) {
            cache.put(key(i), page(0));
        }
        assertEquals(100, cache.entries());
    }

    private static ListingCache.Key key(int page) {
        return new ListingCache.Key("p", RawPath.ROOT, page);
    }

    private static Listing page(int entries) {
        return new Listing(Collections.nCopies(entries, ENTRY), entries);
    }
}
