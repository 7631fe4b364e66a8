package org.holdfast.testkit.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.api.spi.store.Upload;

/** A store in memory, exact in everything the contract says, with a few ways to look behind it. */
public final class MemoryStore implements BlobStore {
    private final String location;
    private final MemoryPlace place;
    private final Clock clock;

    /** An empty store without limits. */
    public MemoryStore() {
        this(Long.MAX_VALUE);
    }

    /** @param capacity bytes it holds before it is full */
    public MemoryStore(long capacity) {
        this("memory:", new MemoryPlace(capacity), Clock.systemUTC());
    }

    MemoryStore(String location, MemoryPlace place, Clock clock) {
        this.location = location;
        this.place = place;
        this.clock = clock;
    }

    /** Another store on the same objects, as another process would open it. */
    public MemoryStore sibling() {
        return new MemoryStore(location, place, clock);
    }

    /** A store of its own that begins with the same objects: cheap, for tests that try the same start many times. */
    public MemoryStore copy() {
        return new MemoryStore(location, place.copy(), clock);
    }

    /**
     * Changes the bytes of an object behind everybody's back, as a rotting disk does.
     *
     * @param how gets a copy of the bytes and returns those to keep
     */
    public void damage(String name, UnaryOperator<byte[]> how) {
        place.damage(name, how);
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return place.add(ObjectNames.require(name), copy, clock.instant());
    }

    @Override
    public Upload begin() {
        return new MemoryUpload();
    }

    @Override
    public long size(String name) {
        MemoryPlace.Blob blob = place.get(ObjectNames.require(name));
        return blob == null ? -1 : blob.bytes().length;
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (position < 0) {
            throw new IllegalArgumentException("Position " + position);
        }
        byte[] bytes = blob(name);
        int count = (int) Math.max(0, Math.min(length, bytes.length - position));
        if (count > 0) {
            System.arraycopy(bytes, (int) position, into, offset, count);
        }
        return count;
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        byte[] bytes = blob(name);
        if (bytes.length > limit) {
            throw new IOException(name + " has " + bytes.length + " bytes, more than the " + limit + " expected");
        }
        return bytes.clone();
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) {
        place.starting(ObjectNames.requirePrefix(prefix)).forEach(
                (name, blob) -> visitor.accept(new ObjectInfo(name, blob.bytes().length, blob.appeared())));
    }

    @Override
    public boolean delete(String name) {
        return place.remove(ObjectNames.require(name));
    }

    @Override
    public long freeBytes() {
        return place.free();
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private byte[] blob(String name) throws NoSuchFileException {
        MemoryPlace.Blob blob = place.get(ObjectNames.require(name));
        if (blob == null) {
            throw new NoSuchFileException(name);
        }
        return blob.bytes();
    }

    private final class MemoryUpload implements Upload {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean over;

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            requireOpen();
            if (length > place.free() - bytes.size()) {
                throw new StoreFullException("No room for " + length + " bytes more");
            }
            bytes.write(from, offset, length);
        }

        @Override
        public long length() {
            return bytes.size();
        }

        @Override
        public boolean commit(String name) throws IOException {
            ObjectNames.require(name);
            requireOpen();
            over = true;
            return place.add(name, bytes.toByteArray(), clock.instant());
        }

        @Override
        public void close() {
            over = true;
        }

        private void requireOpen() {
            if (over) {
                throw new IllegalStateException("This upload is over");
            }
        }
    }
}
