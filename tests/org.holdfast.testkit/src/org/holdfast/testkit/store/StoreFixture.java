package org.holdfast.testkit.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh store, opened twice. */
public abstract class StoreFixture {
    /** Where the objects of this test are. */
    protected String location = "";
    /** The store as the one that created it has it. */
    protected BlobStore store = new MemoryStore();
    /** The same place, opened a second time. */
    protected BlobStore other = new MemoryStore();

    /** What is tested. */
    protected abstract StoreProvider provider();

    /** A location that nothing is at yet. */
    protected abstract String freshLocation() throws IOException;

    /** An empty store that takes at most about 8 MiB, where such a thing can be had. */
    protected Optional<BlobStore> smallStore() throws IOException {
        return Optional.empty();
    }

    /** Bytes of the largest object that the suite makes. */
    protected int largeSize() {
        return (20 << 20) + 4711;
    }

    @BeforeEach
    void openTwice() throws IOException {
        location = freshLocation();
        store = provider().create(location);
        other = provider().open(location);
    }

    @AfterEach
    void closeBoth() throws IOException {
        other.close();
        store.close();
    }

    /** Bytes that look random and are the same for the same seed. */
    protected static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** The name of a pack: its kind and 64 hex digits made from a number. */
    protected static String pack(String kind, long number) {
        SplittableRandom random = new SplittableRandom(number);
        return kind + "/%016x%016x%016x%016x".formatted(random.nextLong(), random.nextLong(), random.nextLong(),
                random.nextLong());
    }

    static void put(BlobStore store, String name, byte[] bytes) throws IOException {
        assertTrue(store.put(name, ByteBuffer.wrap(bytes)), () -> name + " was there already");
    }

    static Set<String> names(BlobStore store, String prefix) throws IOException {
        Set<String> names = new TreeSet<>();
        store.list(prefix, info -> assertTrue(names.add(info.name()), () -> info.name() + " came twice"));
        return names;
    }
}
