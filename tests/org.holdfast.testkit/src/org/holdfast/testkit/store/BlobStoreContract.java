package org.holdfast.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.api.spi.store.Upload;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Every promise of {@link BlobStore} and its provider, as tests. A store is fit for a vault when a subclass of this
 * passes; {@link SharingContract} has the promises about several users.
 */
public abstract class BlobStoreContract extends SharingContract {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String LONGEST = "l/" + "x".repeat(198);

    private static final List<String> GOOD_NAMES = List.of("a", "0", "config", "a.b_c-d", "b/c/d/e/f", "points/2026",
            "data/" + HEX, "meta/" + HEX, "data/" + HEX.replace('0', 'f'), "data/01", "data/02/x", "meta/0",
            "data/03/" + HEX, "meta/01" + HEX.substring(3), "data/sub/" + HEX, "other/" + HEX, "tmp/x", "temp/tmp",
            "data-/x", "index/" + HEX + ".part", LONGEST);

    private static final List<String> BAD_NAMES = List.of("", "/", "a/", "/a", "a//b", ".", "..", "../a", "a/../b",
            "a/.b", "A", "a/B", "-a", "_a", "a b", "a\\b", "a\0b", "a:b", "a+b", "\u00e9", "a\n", "data/" + HEX + "/",
            LONGEST + "x");

    @Test
    void whatWasPutIsThere() throws IOException {
        byte[] bytes = bytes(1, 12345);
        assertEquals(-1, store.size("config"));
        put(store, "config", bytes);
        assertEquals(12345, store.size("config"));
        assertArrayEquals(bytes, store.get("config", 12345));
    }

    @Test
    void takesTheRemainingBytesOfAnyBuffer() throws IOException {
        byte[] bytes = bytes(2, 3000);
        put(store, "heap", bytes);
        assertTrue(store.put("part", ByteBuffer.wrap(bytes, 1000, 1500)));
        assertTrue(store.put("slice", ByteBuffer.wrap(bytes).slice(1000, 1500).asReadOnlyBuffer()));
        ByteBuffer direct = ByteBuffer.allocateDirect(3000).put(bytes).position(1000).limit(2500);
        assertTrue(store.put("direct", direct));
        byte[] expected = Arrays.copyOfRange(bytes, 1000, 2500);
        for (String name : List.of("part", "slice", "direct")) {
            assertArrayEquals(expected, store.get(name, 1500), name);
        }
    }

    @Test
    void anObjectIsNeverReplaced() throws IOException {
        put(store, "config", bytes(1, 100));
        assertFalse(store.put("config", ByteBuffer.wrap(bytes(2, 200))));
        try (Upload upload = store.begin()) {
            upload.write(bytes(3, 300), 0, 300);
            assertFalse(upload.commit("config"));
        }
        assertArrayEquals(bytes(1, 100), store.get("config", 1000));
        assertEquals(Set.of("config"), names(store, ""));
    }

    @Test
    void emptyObjectsAreObjects() throws IOException {
        put(store, "put", new byte[0]);
        try (Upload upload = store.begin()) {
            assertTrue(upload.commit("upload"));
        }
        for (String name : List.of("put", "upload")) {
            assertEquals(0, store.size(name));
            assertEquals(0, store.get(name, 0).length);
            assertEquals(0, store.read(name, 0, new byte[1], 0, 1));
        }
        assertEquals(Set.of("put", "upload"), names(store, ""));
    }

    @Test
    void sizesAroundTheEdgesOfBuffersComeBack() throws IOException {
        List<Integer> sizes = List.of(1, 511, 512, 4095, 4096, 4097, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145,
                1_048_575, 1_048_576, 1_048_577, 2_097_152, 3_000_001);
        for (int size : sizes) {
            try (Upload upload = store.begin()) {
                upload.write(bytes(size, size), 0, size);
                assertTrue(upload.commit("size/" + size));
            }
            put(store, "put/" + size, bytes(size, size));
        }
        for (int size : sizes) {
            assertEquals(size, store.size("size/" + size));
            assertArrayEquals(bytes(size, size), store.get("size/" + size, size), "upload of " + size);
            assertArrayEquals(bytes(size, size), other.get("put/" + size, size), "put of " + size);
        }
    }

    @Test
    void aLargeObjectInOddPiecesComesBackInOddRanges() throws IOException {
        byte[] bytes = bytes(9, largeSize());
        try (Upload upload = store.begin()) {
            byte[] piece = new byte[100_003];
            for (int at = 0; at < bytes.length; at += piece.length - 3) {
                int count = Math.min(piece.length - 3, bytes.length - at);
                System.arraycopy(bytes, at, piece, 3, count);
                upload.write(piece, 3, count);
                Arrays.fill(piece, (byte) 0); // the caller may reuse its array
                assertEquals(at + count, upload.length());
            }
            assertTrue(upload.commit(pack("data", 9)));
        }
        assertEquals(bytes.length, other.size(pack("data", 9)));
        byte[] into = new byte[777_777];
        for (int at = 0; at < bytes.length; at += into.length) {
            int count = Math.min(into.length, bytes.length - at);
            assertEquals(count, other.read(pack("data", 9), at, into, 0, into.length));
            assertTrue(Arrays.equals(bytes, at, at + count, into, 0, count), "at " + at);
        }
    }

    @Test
    void uploadsRunSideBySide() throws IOException {
        try (Upload first = store.begin(); Upload second = store.begin(); Upload third = store.begin()) {
            for (int i = 0; i < 30; i++) {
                first.write(bytes(i, 100_000), 0, 100_000);
                second.write(bytes(100 + i, 100_000), 0, 100_000);
            }
            third.write(bytes(3, 3), 0, 3);
            assertTrue(second.commit("second"));
            assertTrue(third.commit("third"));
            assertTrue(first.commit("first"));
        }
        byte[] last = new byte[100_000];
        store.read("first", 2_900_000, last, 0, last.length);
        assertArrayEquals(bytes(29, 100_000), last);
        store.read("second", 2_900_000, last, 0, last.length);
        assertArrayEquals(bytes(129, 100_000), last);
        assertArrayEquals(bytes(3, 3), store.get("third", 3));
    }

    @Test
    void withoutCommitNothingIsLeft() throws IOException {
        for (int size : List.of(0, 100, 2_000_000)) {
            Upload upload = store.begin();
            upload.write(new byte[size], 0, size);
            upload.close();
            upload.close();
            assertThrows(IllegalStateException.class, () -> upload.write(new byte[1], 0, 1));
            assertThrows(IllegalStateException.class, () -> upload.commit("late"));
        }
        assertEquals(Set.of(), names(store, ""));
    }

    @Test
    void aCommitIsTheEndOfAnUpload() throws IOException {
        try (Upload upload = store.begin()) {
            upload.write(bytes(1, 10), 0, 10);
            assertTrue(upload.commit("one"));
            assertThrows(IllegalStateException.class, () -> upload.write(new byte[1], 0, 1));
            assertThrows(IllegalStateException.class, () -> upload.commit("two"));
        }
        assertArrayEquals(bytes(1, 10), store.get("one", 10));
        assertEquals(Set.of("one"), names(store, ""));
    }

    @Test
    void rangesEndWithTheObject() throws IOException {
        byte[] bytes = bytes(4, 1000);
        put(store, "o", bytes);
        byte[] into = new byte[2000];
        assertEquals(1000, store.read("o", 0, into, 500, 1500));
        assertArrayEquals(bytes, Arrays.copyOfRange(into, 500, 1500));
        assertEquals(0, into[499] | into[1500]);
        assertEquals(1, store.read("o", 999, into, 0, 100));
        assertEquals(bytes[999], into[0]);
        assertEquals(0, store.read("o", 1000, into, 0, 100));
        assertEquals(0, store.read("o", 5000, into, 0, 100));
        assertEquals(0, store.read("o", Long.MAX_VALUE, into, 0, 100));
        assertEquals(0, store.read("o", 10, into, 2000, 0));
        assertThrows(IllegalArgumentException.class, () -> store.read("o", -1, into, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> store.read("o", 0, into, 1999, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> store.read("o", 0, into, -1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> store.read("o", 0, into, 0, -1));
    }

    @Test
    void aMissingObjectIsSaidToBeMissing() throws IOException {
        put(store, "there/below", bytes(1, 1));
        for (String name : List.of("missing", "a/b/c", pack("data", 1), "there", "there/below/x", "there/b")) {
            assertEquals(-1, store.size(name), name);
            assertThrows(NoSuchFileException.class, () -> store.get(name, 100_000), name);
            assertThrows(NoSuchFileException.class, () -> store.read(name, 0, new byte[1], 0, 1), name);
            assertFalse(store.delete(name), name);
        }
        assertEquals(Set.of("there/below"), names(store, ""));
    }

    @Test
    void moreThanTheLimitIsRefused() throws IOException {
        put(store, "o", bytes(1, 1001));
        assertThrows(IOException.class, () -> store.get("o", 1000));
        assertEquals(1001, store.get("o", 1001).length);
    }

    @Test
    void everyGoodNameIsItsOwn() throws IOException {
        for (int i = 0; i < GOOD_NAMES.size(); i++) {
            put(store, GOOD_NAMES.get(i), bytes(i, 50 + i));
        }
        assertEquals(new TreeSet<>(GOOD_NAMES), names(other, ""));
        for (int i = 0; i < GOOD_NAMES.size(); i++) {
            assertArrayEquals(bytes(i, 50 + i), other.get(GOOD_NAMES.get(i), 1000), GOOD_NAMES.get(i));
        }
        for (String name : GOOD_NAMES) {
            assertTrue(store.delete(name), name);
            assertEquals(-1, store.size(name), name);
        }
        assertEquals(Set.of(), names(other, ""));
    }

    @Test
    void badNamesAreRefusedByEverything() throws IOException {
        for (String name : BAD_NAMES) {
            assertThrows(IllegalArgumentException.class, () -> store.put(name, ByteBuffer.allocate(1)), name);
            assertThrows(IllegalArgumentException.class, () -> store.size(name), name);
            assertThrows(IllegalArgumentException.class, () -> store.get(name, 1), name);
            assertThrows(IllegalArgumentException.class, () -> store.read(name, 0, new byte[1], 0, 1), name);
            assertThrows(IllegalArgumentException.class, () -> store.delete(name), name);
            try (Upload upload = store.begin()) {
                upload.write(new byte[1], 0, 1);
                assertThrows(IllegalArgumentException.class, () -> upload.commit(name), name);
            }
        }
        for (String prefix : List.of("/", "../", "a//", "A", ".", "a/.", "a b", LONGEST + "x")) {
            assertThrows(IllegalArgumentException.class, () -> names(store, prefix), prefix);
        }
        assertEquals(Set.of(), names(store, ""));
    }

    @Test
    void aNameBelowAnotherIsKeptOrRefused() throws IOException {
        put(store, "a", bytes(1, 1));
        put(store, "b/c", bytes(2, 2));
        Set<String> expected = new TreeSet<>(Set.of("a", "b/c"));
        for (String name : List.of("a/x", "b")) {
            try {
                assertTrue(store.put(name, ByteBuffer.wrap(bytes(3, 3))));
                expected.add(name);
            } catch (IOException refused) {
                assertEquals(-1, store.size(name));
            }
        }
        assertEquals(expected, names(store, ""));
        assertArrayEquals(bytes(1, 1), store.get("a", 10));
        assertArrayEquals(bytes(2, 2), store.get("b/c", 10));
    }

    @Test
    void listsByPrefix() throws IOException {
        String first = "data/" + HEX;
        String second = "data/01" + "e".repeat(62);
        String third = "data/0a" + "e".repeat(62);
        Set<String> all = new TreeSet<>(Set.of("p/a", "p/ab", "p/b/c", "pa/x", "q", first, second, third,
                "meta/" + HEX));
        for (String name : all) {
            put(store, name, bytes(name.hashCode(), name.length()));
        }
        for (String prefix : List.of("", "p", "p/", "p/a", "p/ab", "p/abc", "p/b", "p/b/", "p/b/c", "p/b/cd", "q",
                "q/", "r", "d", "data", "data/", "data/0", "data/01", "data/012", "data/01e", first, "data/0a/",
                "meta/", "meta/01", "tmp", "data/f")) {
            Set<String> expected = new TreeSet<>(all);
            expected.removeIf(name -> !name.startsWith(prefix));
            assertEquals(expected, names(store, prefix), "prefix '" + prefix + "'");
        }
        List<ObjectInfo> infos = new ArrayList<>();
        store.list("p/ab", infos::add);
        assertEquals(4, infos.getFirst().size());
    }

    @Test
    void aVisitorMayUseTheStoreAndFail() throws IOException {
        for (int i = 0; i < 50; i++) {
            put(store, pack("data", i), bytes(i, 10));
        }
        assertThrows(UncheckedIOException.class, () -> store.list("", info -> {
            throw new UncheckedIOException(new IOException("enough"));
        }));
        store.list("data/", info -> {
            try {
                assertEquals(10, store.get(info.name(), 10).length);
                assertTrue(store.delete(info.name()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertEquals(Set.of(), names(store, ""));
    }

    @Test
    void aDeletedNameIsFreeAgain() throws IOException {
        put(store, "o", bytes(1, 5000));
        assertEquals(10, store.read("o", 0, new byte[10], 0, 10));
        assertTrue(store.delete("o"));
        assertThrows(NoSuchFileException.class, () -> store.read("o", 0, new byte[10], 0, 10));
        put(store, "o", bytes(2, 5000));
        byte[] into = new byte[5000];
        assertEquals(5000, store.read("o", 0, into, 0, 5000));
        assertArrayEquals(bytes(2, 5000), into);
    }

    @Test
    void manyObjectsCanBeReadInTurns() throws IOException {
        for (int i = 0; i < 100; i++) {
            put(store, pack("data", i), bytes(i, 1000));
        }
        byte[] into = new byte[100];
        for (int i = 0; i < 500; i++) {
            int number = i * 37 % 100;
            assertEquals(100, store.read(pack("data", number), 900, into, 0, 100));
            assertArrayEquals(Arrays.copyOfRange(bytes(number, 1000), 900, 1000), into);
        }
    }

    @Test
    void saysWhereItIsAndWhatRoomThereIs() throws IOException {
        assertEquals(location, store.location());
        assertTrue(store.freeBytes() >= -1);
    }

    @Test
    void closesTwice() throws IOException {
        store.close();
        store.close();
        other.put("still", ByteBuffer.allocate(3));
        assertEquals(3, other.size("still"));
    }

    @Test
    void theProviderOpensWhatIsThereAndCreatesWhereNothingIs() throws IOException {
        assertFalse(provider().scheme().isBlank());
        assertTrue(provider().accepts(location));
        String nowhere = freshLocation();
        assertThrows(NoSuchFileException.class, () -> provider().open(nowhere));
        assertThrows(NoSuchFileException.class, () -> provider().open(nowhere));
        put(store, "config", bytes(1, 10));
        assertThrows(FileAlreadyExistsException.class, () -> provider().create(location));
        assertArrayEquals(bytes(1, 10), store.get("config", 10));
    }

    @Test
    void aFullStoreSaysSoAndKeepsNothingOfTheObject() throws IOException {
        Optional<BlobStore> small = smallStore();
        Assumptions.assumeTrue(small.isPresent(), "no small store can be made here");
        try (BlobStore full = small.get()) {
            List<String> kept = new ArrayList<>();
            assertThrows(StoreFullException.class, () -> fill(full, kept));
            assertThrows(StoreFullException.class, () -> {
                try (Upload upload = full.begin()) {
                    for (int i = 0; i < 12; i++) {
                        upload.write(bytes(i, 1 << 20), 0, 1 << 20);
                    }
                    upload.commit("too-big");
                }
            });
            assertEquals(new TreeSet<>(kept), names(full, ""));
            for (String name : kept) {
                assertEquals(700_000, full.get(name, 700_000).length);
            }
            assertTrue(full.delete(kept.getFirst()));
            put(full, "again", bytes(1, 600_000));
            assertArrayEquals(bytes(1, 600_000), full.get("again", 600_000));
        }
    }

    private static void fill(BlobStore full, List<String> kept) throws IOException {
        for (int i = 0; i < 20; i++) {
            put(full, pack("data", i), bytes(i, 700_000));
            kept.add(pack("data", i));
        }
    }
}
