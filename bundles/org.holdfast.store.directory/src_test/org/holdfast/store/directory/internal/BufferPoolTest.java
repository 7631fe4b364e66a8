package org.holdfast.store.directory.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Memory that many stores share and the last one gives back. */
class BufferPoolTest {
    private final BufferPool pool = new BufferPool();

    @Test
    void reusesBuffersOfOtherStores() {
        pool.join();
        pool.join();
        BufferPool.Pooled first = pool.take();
        first.bytes().put((byte) 1);
        pool.give(first);
        pool.leave();

        BufferPool.Pooled again = pool.take();
        assertSame(first, again);
        assertEquals(0, again.bytes().position());
        assertNotSame(first, pool.take());
    }

    @Test
    void keepsAFewOnly() {
        pool.join();
        var taken = Stream.generate(pool::take).limit(6).toList();
        taken.forEach(pool::give);
        assertEquals(2, taken.stream().filter(BufferPoolTest::isFreed).count());
    }

    @Test
    void givesEverythingBackWithTheLastStore() {
        pool.join();
        BufferPool.Pooled kept = pool.take();
        BufferPool.Pooled late = pool.take();
        pool.give(kept);
        pool.leave();
        assertThrows(IllegalStateException.class, () -> kept.bytes().get(0));
        pool.give(late);
        assertThrows(IllegalStateException.class, () -> late.bytes().get(0));
    }

    private static boolean isFreed(BufferPool.Pooled buffer) {
        try {
            buffer.bytes().get(0);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
