package org.holdfast.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.Upload;
import org.junit.jupiter.api.Test;

/** What holds when several threads and several instances use one place. */
public abstract class SharingContract extends StoreFixture {
    private static final int THREADS = 8;
    private static final int LONGEST_SECONDS = 60;

    @Test
    void oneInstanceSeesWhatTheOtherWrote() throws IOException {
        byte[] bytes = bytes(1, 1000);
        put(store, "a/b", bytes);
        assertEquals(1000, other.size("a/b"));
        assertArrayEquals(bytes, other.get("a/b", 1000));
        assertFalse(other.put("a/b", ByteBuffer.wrap(bytes(2, 10))));
        assertEquals(Set.of("a/b"), names(other, ""));
        assertTrue(other.delete("a/b"));
        assertEquals(-1, store.size("a/b"));
        assertFalse(store.delete("a/b"));
    }

    @Test
    void objectsOutliveTheInstance() throws IOException {
        put(store, pack("data", 1), bytes(1, 300_000));
        store.close();
        other.close();
        try (BlobStore later = provider().open(location)) {
            assertArrayEquals(bytes(1, 300_000), later.get(pack("data", 1), 300_000));
        }
    }

    @Test
    void exactlyOneOfManyPutsCreates() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = pack("data", round);
            List<Boolean> created = together(number -> {
                BlobStore mine = number % 2 == 0 ? store : other;
                return mine.put(name, ByteBuffer.wrap(bytes(number, 2000 + number)));
            });
            assertWinnerIsWhole(name, created);
        }
    }

    @Test
    void exactlyOneOfManyCommitsCreates() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "points/" + round;
            List<Boolean> created = together(number -> {
                BlobStore mine = number % 2 == 0 ? store : other;
                try (Upload upload = mine.begin()) {
                    upload.write(bytes(number, 2000 + number), 0, 2000 + number);
                    return upload.commit(name);
                }
            });
            assertWinnerIsWhole(name, created);
        }
    }

    private void assertWinnerIsWhole(String name, List<Boolean> created) throws IOException {
        assertEquals(1, created.stream().filter(it -> it).count(), () -> name + ": " + created);
        int winner = created.indexOf(true);
        assertArrayEquals(bytes(winner, 2000 + winner), store.get(name, 10_000));
        assertArrayEquals(bytes(winner, 2000 + winner), other.get(name, 10_000));
    }

    @Test
    void exactlyOneOfManyDeletesIsTrue() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = pack("meta", round);
            put(store, name, bytes(round, 100));
            List<Boolean> deleted = together(number -> (number % 2 == 0 ? store : other).delete(name));
            assertEquals(1, deleted.stream().filter(it -> it).count(), () -> name + ": " + deleted);
        }
        assertEquals(Set.of(), names(store, ""));
    }

    @Test
    void differentNamesDoNotDisturbEachOther() throws Exception {
        together(number -> {
            BlobStore mine = number % 2 == 0 ? store : other;
            for (int i = 0; i < 20; i++) {
                put(mine, pack("data", number * 100L + i), bytes(number * 100L + i, i * 1000));
            }
            return true;
        });
        assertEquals(THREADS * 20, names(other, "data/").size());
        for (long number = 0; number < THREADS; number++) {
            assertArrayEquals(bytes(number * 100 + 19, 19_000), store.get(pack("data", number * 100 + 19), 19_000));
        }
    }

    @Test
    void anUploadIsInvisibleUntilItsCommit() throws IOException {
        byte[] piece = bytes(5, 700_000);
        try (Upload upload = store.begin()) {
            for (int i = 0; i < 5; i++) {
                upload.write(piece, 0, piece.length);
                assertEquals(-1, other.size("big"));
                assertEquals(Set.of(), names(other, ""));
                assertThrows(NoSuchFileException.class, () -> other.get("big", Integer.MAX_VALUE));
            }
            assertTrue(upload.commit("big"));
            assertEquals(5L * piece.length, other.size("big"));
            assertEquals(Set.of("big"), names(other, ""));
        }
    }

    @Test
    void commitsForLaterAreThereOnceTheyWereAwaited() throws IOException {
        List<Upload.Commit> commits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            try (Upload upload = store.begin()) {
                upload.write(bytes(i, 400_000), 0, 400_000);
                commits.add(upload.commitLater(pack("data", i)));
                assertThrows(IllegalStateException.class, () -> upload.write(new byte[1], 0, 1));
                assertThrows(IllegalStateException.class, () -> upload.commitLater("two"));
            }
        }
        for (int i = 0; i < 12; i++) {
            assertTrue(commits.get(i).await());
            assertTrue(commits.get(i).await(), "waiting again changes nothing");
            assertArrayEquals(bytes(i, 400_000), other.get(pack("data", i), 400_000));
        }
        try (Upload upload = store.begin()) {
            assertFalse(upload.commitLater(pack("data", 0)).await());
        }
        assertEquals(12, names(other, "").size());
    }

    @Test
    void aReaderSeesWholeObjectsOnly() throws Exception {
        byte[] bytes = bytes(6, 3_000_000);
        AtomicBoolean written = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> seen = threads.submit(() -> {
                int whole = 0;
                boolean last;
                do {
                    last = written.get();
                    for (int i = 0; i < 8; i++) {
                        long size = other.size("o/" + i);
                        if (size != -1) {
                            assertEquals(bytes.length, size);
                            assertArrayEquals(bytes, other.get("o/" + i, bytes.length));
                            whole++;
                        }
                    }
                } while (!last);
                return whole;
            });
            try {
                for (int i = 0; i < 8; i++) {
                    try (Upload upload = store.begin()) {
                        for (int at = 0; at < bytes.length; at += 500_000) {
                            upload.write(bytes, at, 500_000);
                        }
                        assertTrue(upload.commit("o/" + i));
                    }
                }
            } finally {
                written.set(true);
            }
            assertTrue(seen.get(LONGEST_SECONDS, TimeUnit.SECONDS) >= 8);
        }
    }

    @Test
    void aReaderOfADeletedObjectGetsTheTruthOrNothing() throws Exception {
        byte[] bytes = bytes(7, 200_000);
        for (int round = 0; round < 10; round++) {
            String name = pack("data", round);
            put(store, name, bytes);
            CountDownLatch reading = new CountDownLatch(4);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> readers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    BlobStore mine = i == 0 ? other : store;
                    // The other instance may go on reading for ever, so each reads a bounded number of times.
                    readers.add(threads.submit(() -> readUntilGone(mine, name, bytes, reading)));
                }
                assertTrue(reading.await(LONGEST_SECONDS, TimeUnit.SECONDS));
                assertTrue(store.delete(name));
                for (Future<?> reader : readers) {
                    reader.get(LONGEST_SECONDS, TimeUnit.SECONDS);
                }
            }
            assertThrows(NoSuchFileException.class, () -> store.read(name, 0, new byte[10], 0, 10));
            assertThrows(NoSuchFileException.class, () -> other.get(name, 1 << 20));
        }
    }

    private static Void readUntilGone(BlobStore store, String name, byte[] expected, CountDownLatch reading)
            throws IOException {
        byte[] into = new byte[5000];
        for (int i = 0; i < 2000; i++) {
            int at = i * 7919 % (expected.length - into.length);
            try {
                assertEquals(into.length, store.read(name, at, into, 0, into.length));
                assertTrue(Arrays.equals(expected, at, at + into.length, into, 0, into.length));
            } catch (NoSuchFileException gone) {
                reading.countDown();
                return null;
            }
            if (i == 10) {
                reading.countDown();
            }
        }
        return null;
    }

    @Test
    void anInterruptedReaderDisturbsNobody() throws Exception {
        byte[] bytes = bytes(8, 100_000);
        String name = pack("data", 8);
        put(store, name, bytes);
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> calm = threads.submit(() -> {
                byte[] into = new byte[bytes.length];
                while (!stop.get()) {
                    assertEquals(bytes.length, store.read(name, 0, into, 0, into.length));
                    assertArrayEquals(bytes, into);
                }
                return null;
            });
            try {
                for (int i = 0; i < 50; i++) {
                    threads.submit(() -> {
                        Thread.currentThread().interrupt();
                        try {
                            store.read(name, 0, new byte[1000], 0, 1000);
                        } catch (IOException allowed) {
                            // Interrupted.
                        }
                    }).get(LONGEST_SECONDS, TimeUnit.SECONDS);
                }
            } finally {
                stop.set(true);
            }
            calm.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What one of several threads does. */
    private interface Job {
        Boolean run(int number) throws IOException;
    }

    private static List<Boolean> together(Job job) throws Exception {
        CountDownLatch ready = new CountDownLatch(THREADS);
        List<Callable<Boolean>> jobs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            jobs.add(() -> {
                ready.countDown();
                ready.await();
                return job.run(number);
            });
        }
        List<Boolean> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Boolean> result : threads.invokeAll(jobs, LONGEST_SECONDS, TimeUnit.SECONDS)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
