package org.holdfast.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends BlobStoreContract {
    private final StoreProvider provider = new MemoryStoreProvider(Clock.systemUTC());
    private int next;

    @Override
    protected StoreProvider provider() {
        return provider;
    }

    @Override
    protected String freshLocation() {
        return "memory:" + next++;
    }

    @Override
    protected Optional<BlobStore> smallStore() {
        return Optional.of(new MemoryStore(8 << 20));
    }

    @Test
    void aCopyGoesItsOwnWayAndASiblingDoesNot() throws IOException {
        MemoryStore first = new MemoryStore();
        first.put("a", ByteBuffer.wrap(bytes(1, 10)));
        MemoryStore copy = first.copy();
        MemoryStore sibling = first.sibling();
        first.delete("a");
        assertEquals(10, copy.size("a"));
        assertEquals(-1, sibling.size("a"));
    }

    @Test
    void damageChangesWhatIsRead() throws IOException {
        MemoryStore rotten = new MemoryStore();
        rotten.put("a", ByteBuffer.wrap(bytes(1, 10)));
        rotten.damage("a", bytes -> Arrays.copyOf(bytes, 4));
        assertArrayEquals(Arrays.copyOf(bytes(1, 10), 4), rotten.get("a", 10));
    }
}
