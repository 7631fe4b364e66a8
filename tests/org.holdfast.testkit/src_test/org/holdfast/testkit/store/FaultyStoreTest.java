package org.holdfast.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.testkit.store.FaultyStore.Call;
import org.holdfast.testkit.store.FaultyStore.When;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {
    private static final byte[] TEXT = "0123456789".getBytes(StandardCharsets.UTF_8);

    private final MemoryStore under = new MemoryStore();

    @Test
    void withoutFaultsItIsTheStoreUnderneath() throws IOException {
        FaultyStore store = new FaultyStore(under);
        assertTrue(put(store, "a"));
        assertFalse(put(store, "a"));
        try (Upload upload = store.begin()) {
            upload.write(TEXT, 2, 5);
            assertEquals(5, upload.length());
            assertTrue(upload.commit("b"));
        }
        assertEquals(5, store.size("b"));
        assertArrayEquals(Arrays.copyOfRange(TEXT, 2, 7), store.get("b", 5));
        assertEquals(3, store.read("a", 7, new byte[9], 0, 9));
        assertEquals(Set.of("a", "b"), names(store));
        assertTrue(store.delete("a"));
        assertEquals(under.freeBytes(), store.freeBytes());
        assertEquals(under.location(), store.location());
        assertEquals(List.of("1 PUT a", "2 PUT a", "3 BEGIN", "4 WRITE", "5 COMMIT b", "6 SIZE b", "7 GET b",
                "8 READ a", "9 LIST", "10 DELETE a"), store.log());
        assertEquals(10, store.calls());
        assertFalse(store.fired());
    }

    @Test
    void countsOnlyWhatItIsToldTo() throws IOException {
        FaultyStore store = new FaultyStore(under, FaultyStore.PUBLISHING).fail(2, When.BEFORE);
        put(store, "a");
        store.size("a");
        names(store);
        assertThrows(IOException.class, () -> store.delete("a"));
        assertEquals(List.of("1 PUT a", "2 DELETE a"), store.log());
        assertEquals(10, under.size("a"));
    }

    @Test
    void failsBeforeOrAfterTheEffect() throws IOException {
        FaultyStore store = new FaultyStore(under).fail(1, When.BEFORE).fail(2, When.AFTER).fail(4, When.AFTER);
        assertThrows(IOException.class, () -> put(store, "a"));
        assertEquals(-1, under.size("a"));
        assertThrows(IOException.class, () -> put(store, "b"));
        assertEquals(10, under.size("b"));
        assertTrue(put(store, "c"));
        assertThrows(IOException.class, () -> store.delete("b"));
        assertEquals(-1, under.size("b"));
        assertTrue(store.fired());
    }

    @Test
    void aFailedCommitLeavesTheObjectOrNothing() throws IOException {
        for (When when : When.values()) {
            MemoryStore fresh = new MemoryStore();
            FaultyStore store = new FaultyStore(fresh, Set.of(Call.COMMIT)).fail(1, when);
            try (Upload upload = store.begin()) {
                upload.write(TEXT, 0, 10);
                assertThrows(IOException.class, () -> upload.commit("a"));
            }
            assertEquals(when == When.AFTER ? 10 : -1, fresh.size("a"));
        }
    }

    @Test
    void isFullAtACall() {
        FaultyStore store = new FaultyStore(under).full(1);
        assertThrows(StoreFullException.class, () -> put(store, "a"));
        assertEquals(-1, under.size("a"));
    }

    @Test
    void tornObjectsAreNeverSeen() throws IOException {
        FaultyStore store = new FaultyStore(under, Set.of(Call.PUT, Call.WRITE, Call.COMMIT, Call.GET))
                .tear(1).tear(3).tear(5).tear(6);
        assertThrows(IOException.class, () -> put(store, "a"));
        try (Upload upload = store.begin()) {
            upload.write(TEXT, 0, 10);
            assertThrows(IOException.class, () -> upload.write(TEXT, 0, 10));
            assertEquals(15, upload.length());
        }
        try (Upload upload = store.begin()) {
            upload.write(TEXT, 0, 10);
            assertThrows(IOException.class, () -> upload.commit("b"));
        }
        assertThrows(IOException.class, () -> store.get("a", 10));
        assertEquals(Set.of(), names(under));
        store.close();
    }

    @Test
    void aLiarMakesDamagedObjectsVisible() throws IOException {
        FaultyStore store = new FaultyStore(under, Set.of(Call.PUT, Call.COMMIT)).lie(1, FaultyStore.TRUNCATED)
                .lie(2, FaultyStore.FLIPPED);
        assertTrue(put(store, "a"));
        try (Upload upload = store.begin()) {
            upload.write(TEXT, 0, 7);
            upload.write(TEXT, 7, 3);
            assertTrue(upload.commit("b"));
        }
        assertArrayEquals(Arrays.copyOf(TEXT, 5), under.get("a", 10));
        byte[] flipped = TEXT.clone();
        flipped[5] ^= 1;
        assertArrayEquals(flipped, under.get("b", 10));
    }

    @Test
    void aLiarGivesDamagedBytesBack() throws IOException {
        put(under, "a");
        FaultyStore store = new FaultyStore(under).lie(1, FaultyStore.TRUNCATED).lie(2, FaultyStore.FLIPPED);
        assertArrayEquals(Arrays.copyOf(TEXT, 5), store.get("a", 10));
        byte[] into = new byte[4];
        assertEquals(4, store.read("a", 2, into, 0, 4));
        assertArrayEquals(new byte[] { '2', '3', '5', '5' }, into);
        assertArrayEquals(TEXT, store.get("a", 10));
    }

    @Test
    void whatIsSentTwiceFindsItsOwnFirstTime() throws IOException {
        FaultyStore store = new FaultyStore(under).duplicate(1).duplicate(2).duplicate(4).duplicate(5).duplicate(6);
        assertFalse(put(store, "a"));
        assertArrayEquals(TEXT, store.get("a", 10));
        try (Upload upload = store.begin()) {
            upload.write(TEXT, 0, 10);
            assertFalse(upload.commit("b"));
        }
        assertArrayEquals(TEXT, under.get("b", 10));
        assertFalse(store.delete("a"));
        assertEquals(-1, under.size("a"));
    }

    @Test
    void afterThePowerCutNothingWorksAndUploadsAreGone() throws IOException {
        FaultyStore store = new FaultyStore(under, FaultyStore.WRITING).powerCut(4, When.AFTER);
        Upload open = store.begin();
        open.write(TEXT, 0, 10);
        put(store, "a");
        assertThrows(IOException.class, () -> put(store, "b"));
        assertEquals(Set.of("a", "b"), names(under));
        assertThrows(IOException.class, () -> open.write(TEXT, 0, 10));
        assertThrows(IOException.class, () -> open.commit("c"));
        assertThrows(IOException.class, () -> store.size("a"));
        assertThrows(IOException.class, () -> names(store));
        assertThrows(IOException.class, () -> store.begin());
        assertThrows(IOException.class, () -> store.freeBytes());
        open.close();
        assertEquals(Set.of("a", "b"), names(under));
    }

    @Test
    void aPowerCutBeforeTheEffectLeavesNone() throws IOException {
        FaultyStore store = new FaultyStore(under).powerCut(3, When.BEFORE);
        Upload open = store.begin();
        open.write(TEXT, 0, 10);
        assertThrows(IOException.class, () -> open.commit("a"));
        assertEquals(Set.of(), names(under));
    }

    @Test
    void aDelayedCallWaitsForTheGate() throws Exception {
        FaultyStore store = new FaultyStore(under, Set.of(Call.PUT));
        Gate before = store.delay(1, When.BEFORE);
        Gate after = store.delay(2, When.AFTER);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit(() -> put(store, "a"));
            assertTrue(before.awaitReached(Duration.ofSeconds(30)));
            assertEquals(-1, under.size("a"));
            Future<Boolean> second = threads.submit(() -> put(store, "b"));
            assertTrue(after.awaitReached(Duration.ofSeconds(30)));
            assertEquals(10, under.size("b"));
            assertFalse(second.isDone());
            before.open();
            assertTrue(first.get(30, TimeUnit.SECONDS));
            after.open();
            assertTrue(second.get(30, TimeUnit.SECONDS));
        }
        assertEquals(10, under.size("a"));
    }

    @Test
    void aSweepMeetsEveryCallOnce() throws IOException {
        List<Set<String>> left = new ArrayList<>();
        int n = 1;
        while (true) {
            MemoryStore fresh = under.copy();
            FaultyStore store = new FaultyStore(fresh).powerCut(n, When.BEFORE);
            try {
                put(store, "a");
                try (Upload upload = store.begin()) {
                    upload.write(TEXT, 0, 10);
                    upload.commit("b");
                }
                store.delete("a");
            } catch (IOException cut) {
                assertTrue(store.fired());
            }
            left.add(names(fresh));
            if (!store.fired()) {
                break;
            }
            n++;
        }
        assertEquals(6, n);
        assertEquals(List.of(Set.of(), Set.of("a"), Set.of("a"), Set.of("a"), Set.of("a", "b"), Set.of("b")), left);
    }

    @Test
    void plansThatMakeNoSenseAreRefused() {
        FaultyStore store = new FaultyStore(under).fail(1, When.BEFORE);
        assertThrows(IllegalArgumentException.class, () -> store.full(1));
        assertThrows(IllegalArgumentException.class, () -> store.full(0));
    }

    private static boolean put(BlobStore store, String name) throws IOException {
        return store.put(name, ByteBuffer.wrap(TEXT));
    }

    private static Set<String> names(BlobStore store) throws IOException {
        Set<String> names = new TreeSet<>();
        store.list("", info -> names.add(info.name()));
        return names;
    }
}
