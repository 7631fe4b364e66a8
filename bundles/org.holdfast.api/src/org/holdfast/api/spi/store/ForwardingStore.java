package org.holdfast.api.spi.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A store that hands everything on to another one. Subclasses override what they do differently. */
public abstract class ForwardingStore implements BlobStore {
    private final BlobStore target;

    /** @param target gets every call */
    protected ForwardingStore(BlobStore target) {
        this.target = target;
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        return target.put(name, bytes);
    }

    @Override
    public Upload begin() throws IOException {
        return target.begin();
    }

    @Override
    public long size(String name) throws IOException {
        return target.size(name);
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        return target.read(name, position, into, offset, length);
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        return target.get(name, limit);
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        target.list(prefix, visitor);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return target.delete(name);
    }

    @Override
    public boolean delete(String name, Prover prover) throws IOException {
        return target.delete(name, prover);
    }

    @Override
    public long freeBytes() throws IOException {
        return target.freeBytes();
    }

    @Override
    public String location() {
        return target.location();
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
