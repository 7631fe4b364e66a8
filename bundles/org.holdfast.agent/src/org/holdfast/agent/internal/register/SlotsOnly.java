package org.holdfast.agent.internal.register;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;

/**
 * What a machine that says it is a known one gets to see of that one's objects: descriptor and key slots. That is
 * enough to prove that it holds the passphrase; the vault would refuse everything else, so it is not asked for.
 */
final class SlotsOnly extends ForwardingStore {
    private static final String DESCRIPTOR = "vault";
    private static final String SLOTS = "slots/";

    /** @param store the objects */
    SlotsOnly(BlobStore store) {
        super(store);
    }

    private static boolean isThere(String name) {
        return name.equals(DESCRIPTOR) || name.startsWith(SLOTS);
    }

    private static void require(String name) throws IOException {
        if (!isThere(name)) {
            throw new NoSuchFileException(name);
        }
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        throw new AccessDeniedException(name);
    }

    @Override
    public Upload begin() throws IOException {
        throw new AccessDeniedException(location());
    }

    @Override
    public long size(String name) throws IOException {
        return isThere(name) ? super.size(name) : -1;
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        require(name);
        return super.read(name, position, into, offset, length);
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        require(name);
        return super.get(name, limit);
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        if (prefix.startsWith(SLOTS)) {
            super.list(prefix, visitor);
        }
    }

    @Override
    public boolean delete(String name) throws IOException {
        throw new AccessDeniedException(name);
    }

    @Override
    public boolean delete(String name, Prover prover) throws IOException {
        throw new AccessDeniedException(name);
    }

    @Override
    public long freeBytes() {
        return -1;
    }
}
