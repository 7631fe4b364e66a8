package org.holdfast.testkit.store;

import java.io.IOException;
import java.time.Clock;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;

/** A faulty store without faults keeps every promise; otherwise its faults would prove nothing. */
class HarmlessFaultyStoreTest extends BlobStoreContract {
    private final MemoryStoreProvider memory = new MemoryStoreProvider(Clock.systemUTC());
    private int next;

    @Override
    protected StoreProvider provider() {
        return new StoreProvider() {
            @Override
            public String scheme() {
                return memory.scheme();
            }

            @Override
            public boolean accepts(String location) {
                return memory.accepts(location);
            }

            @Override
            public BlobStore open(String location) throws IOException {
                return new FaultyStore(memory.open(location));
            }

            @Override
            public BlobStore create(String location) throws IOException {
                return new FaultyStore(memory.create(location));
            }
        };
    }

    @Override
    protected String freshLocation() {
        return "memory:" + next++;
    }
}
