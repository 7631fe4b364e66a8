package org.holdfast.agent.internal.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;

/**
 * A store whose users wait at a gate while the job is paused. Deleting and closing need no gate: they are how a job
 * cleans up.
 *
 * @param store the store itself
 * @param gate where they wait
 */
public record GatedStore(BlobStore store, PauseGate gate) implements BlobStore {
    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        gate.pass();
        return store.put(name, bytes);
    }

    @Override
    public Upload begin() throws IOException {
        gate.pass();
        return store.begin();
    }

    @Override
    public long size(String name) throws IOException {
        gate.pass();
        return store.size(name);
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        gate.pass();
        return store.read(name, position, into, offset, length);
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        gate.pass();
        return store.get(name, limit);
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        gate.pass();
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
        store.close();
    }
}
