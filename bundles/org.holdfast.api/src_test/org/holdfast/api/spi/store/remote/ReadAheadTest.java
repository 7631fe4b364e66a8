package org.holdfast.api.spi.store.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    private static final int SIZE = (3 << 20) + 777;

    private final byte[] object = new byte[SIZE];
    private final AtomicInteger fetches = new AtomicInteger();

    ReadAheadTest() {
        for (int i = 0; i < SIZE; i++) {
            object[i] = (byte) (i * 31 + (i >>> 8));
        }
    }

    private int range(long from, byte[][] into) {
        fetches.incrementAndGet();
        return copy(from, into);
    }

    private int copy(long from, byte[][] into) {
        int done = 0;
        for (byte[] part : into) {
            int count = (int) Math.clamp(SIZE - from - done, 0, part.length);
            System.arraycopy(object, (int) from + done, part, 0, count);
            done += count;
        }
        return done;
    }

    private static byte[] read(ReadAhead windows, long position, int length) throws IOException {
        var into = new byte[length];
        return Arrays.copyOf(into, windows.read("o", position, into, 0, length));
    }

    @Test
    void readsWhatIsThereAndNoMore() throws IOException {
        var windows = new ReadAhead((name, from, into) -> range(from, into), 8 << 20);

        assertArrayEquals(object, read(windows, 0, SIZE + 10));
        assertArrayEquals(Arrays.copyOfRange(object, 700_001, 1_000_001), read(windows, 700_001, 300_000));
        assertEquals(0, read(windows, SIZE, 10).length);
    }

    @Test
    void fetchesABlockOnce() throws IOException {
        var windows = new ReadAhead((name, from, into) -> range(from, into), 8 << 20);
        for (int i = 0; i < 100; i++) {
            read(windows, i * 100, 100);
        }

        assertEquals(1, fetches.get());
        windows.drop("o");
        read(windows, 0, 1);
        assertEquals(2, fetches.get());
    }

    @Test
    void whoWaitsForAnotherIsNotInterruptedWithHim() throws Exception {
        var under = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var windows = new ReadAhead((name, from, into) -> {
            if (fetches.get() == 0) {
                fetches.incrementAndGet();
                under.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new InterruptedIOException("The call was given up.");
            }
            return range(from, into);
        }, 8 << 20);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            Future<byte[]> first = threads.submit(() -> read(windows, 0, 100));
            under.await();
            var waiting = new Thread[1];
            var started = new CountDownLatch(1);
            Future<byte[]> second = threads.submit(() -> {
                waiting[0] = Thread.currentThread();
                started.countDown();
                return read(windows, 50, 100);
            });
            started.await();
            while (waiting[0].getState() != Thread.State.WAITING) {
                LockSupport.parkNanos(1_000_000);
            }
            go.countDown();

            assertArrayEquals(Arrays.copyOfRange(object, 50, 150), second.get(30, TimeUnit.SECONDS));
            var failure = assertThrows(ExecutionException.class, () -> first.get(30, TimeUnit.SECONDS));
            assertInstanceOf(InterruptedIOException.class, failure.getCause());
        }
    }

    @Test
    void aFailureIsToldAndForgotten() throws IOException {
        var windows = new ReadAhead((name, from, into) -> {
            if (fetches.getAndIncrement() == 0) {
                throw new IOException("broken");
            }
            return copy(from, into);
        }, 8 << 20);

        assertThrows(IOException.class, () -> read(windows, 0, 100));
        assertArrayEquals(Arrays.copyOf(object, 100), read(windows, 0, 100));
    }
}
