package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.holdfast.format.FormatException;
import org.junit.jupiter.api.Test;

class BlobCacheTest {
    private static final int SIZE = 100_000;

    private final AtomicInteger decoded = new AtomicInteger();

    private void decode(int number, byte[] raw) {
        decoded.incrementAndGet();
        if (number == 13) {
            throw new FormatException("damaged");
        }
        java.util.Arrays.fill(raw, 0, SIZE, (byte) number);
    }

    @Test
    void aBlobIsDecodedOnceWhileItIsKept() throws IOException {
        var cache = new BlobCache(1 << 20);
        BlobCache.Blob first = cache.acquire(1, SIZE, this::decode);
        assertSame(first, cache.acquire(1, SIZE, this::decode));
        cache.release(first);
        cache.release(first);
        assertSame(first, cache.acquire(1, SIZE, this::decode));
        assertEquals(1, decoded.get());
    }

    @Test
    void theBudgetHoldsAndWhatIsInUseStays() throws IOException {
        var cache = new BlobCache(1 << 20);
        BlobCache.Blob used = cache.acquire(1, SIZE, this::decode);
        for (int i = 20; i < 200; i++) {
            cache.release(cache.acquire(i, i % 3 == 0 ? 2 * SIZE : SIZE, this::decode));
            assertTrue(cache.held() <= 1 << 20);
        }
        assertEquals(1, used.raw()[SIZE - 1]);
        assertSame(used, cache.acquire(1, SIZE, this::decode));
    }

    @Test
    void aDamagedBlobIsToldToEveryoneAndDecodedOnce() {
        var cache = new BlobCache(1 << 20);
        for (int i = 0; i < 3; i++) {
            UnreadableException e = assertThrows(UnreadableException.class,
                    () -> cache.acquire(13, SIZE, this::decode));
            assertEquals("damaged", e.getMessage());
        }
        assertEquals(1, decoded.get());
    }

    @Test
    void manyThreadsSeeTheirOwnBlobs() throws InterruptedException {
        var cache = new BlobCache(1 << 20);
        var wrong = new AtomicReference<Throwable>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int seed = t;
            threads.add(Thread.ofPlatform().start(() -> {
                var random = new Random(seed);
                try {
                    for (int i = 0; i < 2000; i++) {
                        int number = 20 + random.nextInt(40);
                        BlobCache.Blob blob = cache.acquire(number, SIZE, this::decode);
                        assertEquals((byte) number, blob.raw()[0]);
                        assertEquals((byte) number, blob.raw()[SIZE - 1]);
                        cache.release(blob);
                    }
                } catch (Throwable e) {
                    wrong.set(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, wrong.get());
        assertNotNull(cache);
    }
}
