package org.holdfast.testkit.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;

/** Stores in memory under locations like {@code memory:a}, which live as long as this provider. */
public final class MemoryStoreProvider implements StoreProvider {
    private static final String SCHEME = "memory";

    private final Map<String, MemoryPlace> places = new HashMap<>();
    private final Clock clock;

    /** @param clock gives the times at which objects appear */
    public MemoryStoreProvider(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean accepts(String location) {
        return location.startsWith(SCHEME + ":");
    }

    @Override
    public synchronized BlobStore open(String location) throws IOException {
        MemoryPlace place = places.get(location);
        if (place == null) {
            throw new NoSuchFileException(location);
        }
        return new MemoryStore(location, place, clock);
    }

    @Override
    public synchronized BlobStore create(String location) throws IOException {
        MemoryPlace place = places.computeIfAbsent(location, missing -> new MemoryPlace(Long.MAX_VALUE));
        if (!place.isEmpty()) {
            throw new FileAlreadyExistsException(location);
        }
        return new MemoryStore(location, place, clock);
    }
}
