package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.client.VaultClient;

/**
 * A store that takes its client along when it is closed.
 *
 * @param store the store
 * @param client used by nothing else
 */
record ClosingStore(BlobStore store, VaultClient client) implements BlobStore {
    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        return store.put(name, bytes);
    }

    @Override
    public Upload begin() throws IOException {
        return store.begin();
    }

    @Override
    public long size(String name) throws IOException {
        return store.size(name);
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        return store.read(name, position, into, offset, length);
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        return store.get(name, limit);
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        store.list(prefix, visitor);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return store.delete(name);
    }

    @Override
    public long freeBytes() throws IOException {
        return store.freeBytes();
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void close() throws IOException {
        try (client) {
            store.close();
        }
    }
}
