package org.holdfast.agent.internal.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;

/**
 * A store whose users wait at a gate while the job is paused. Deleting and closing need no gate: they are how a job
 * cleans up.
 */
public final class GatedStore extends ForwardingStore {
    private final PauseGate gate;

    /**
     * @param store the store itself
     * @param gate where they wait
     */
    public GatedStore(BlobStore store, PauseGate gate) {
        super(store);
        this.gate = gate;
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        gate.pass();
        return super.put(name, bytes);
    }

    @Override
    public Upload begin() throws IOException {
        gate.pass();
        return super.begin();
    }

    @Override
    public long size(String name) throws IOException {
        gate.pass();
        return super.size(name);
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        gate.pass();
        return super.read(name, position, into, offset, length);
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        gate.pass();
        return super.get(name, limit);
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
        gate.pass();
        super.list(prefix, visitor);
    }
}
