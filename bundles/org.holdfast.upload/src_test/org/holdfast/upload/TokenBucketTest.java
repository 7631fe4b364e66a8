package org.holdfast.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rates over ten seconds, on a clock that the test moves. */
class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong rate = new AtomicLong();
    private final AtomicLong now = new AtomicLong(12345);
    private final TokenBucket bucket = new TokenBucket(rate::get, now::get);

    /** Sends pieces one after another until a moment; returns the bytes. */
    private long sendUntil(long end, Random random) {
        long sent = 0;
        while (now.get() < end) {
            int piece = 1 + random.nextInt(65536);
            long wait = bucket.reserve(piece);
            now.addAndGet(Math.max(0, wait));
            sent += piece;
        }
        return sent;
    }

    @Test
    void everyRateHoldsWithinFivePercentOverTenSeconds() {
        for (long bits : new long[] { 512_000, 1_000_000, 100_000_000, 1_023_000_000 }) {
            rate.set(bits);
            now.addAndGet(100 * SECOND);
            long sent = sendUntil(now.get() + 10 * SECOND, new Random(bits));
            double expected = bits / 8.0 * 10;
            assertTrue(sent <= expected * 1.05 + 65536 && sent >= expected * 0.95, bits + ": " + sent / expected);
        }
    }

    @Test
    void anIdleWhileIsNotMadeUpForWithAFlood() {
        rate.set(8_000_000);
        bucket.reserve(1000);
        now.addAndGet(3600 * SECOND);
        long sent = 0;
        while (bucket.reserve(10_000) <= 0) {
            sent += 10_000;
        }
        assertTrue(sent <= 1_000_000 / 10 + 10_000, "burst of " + sent);
    }

    @Test
    void aSenderThatPausesStillGetsItsRate() {
        rate.set(8_000_000);
        long start = now.get();
        long sent = 0;
        while (now.get() < start + 10 * SECOND) {
            now.addAndGet(Math.max(0, bucket.reserve(65536)));
            sent += 65536;
            now.addAndGet(30_000_000);
        }
        assertTrue(sent >= 10_000_000 * 0.95 && sent <= 10_000_000 * 1.05 + 65536, "sent " + sent);
    }

    @Test
    void aFasterRateShortensTheQueue() {
        rate.set(512_000);
        for (int i = 0; i < 4; i++) {
            bucket.reserve(64_000);
        }
        rate.set(512_000_000);
        assertTrue(bucket.reserve(64_000) < SECOND / 100);
    }

    @Test
    void noLimitIsNoWait() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, bucket.reserve(1 << 20));
        }
    }

    @Test
    @Timeout(20)
    void waitsForReal() throws InterruptedException {
        var real = new TokenBucket(() -> 8_000_000);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            real.acquire(25_000);
        }
        assertTrue(System.nanoTime() - start >= 0.37 * SECOND);
    }

    @Test
    @Timeout(20)
    void anInterruptEndsTheWait() throws InterruptedException {
        var slow = new TokenBucket(() -> 512_000);
        slow.acquire(1 << 20);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> slow.acquire(1 << 20));
    }
}
