package org.holdfast.api.spi.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Named immutable objects. Names match {@code [a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*}, at most 200 characters.
 * Thread-safe; several processes may use one store at the same time.
 *
 * <p>Contract, checked by the conformance suite every implementation must pass: an object appears whole or not at
 * all; once {@link #put} or {@link Upload#commit} returned it survives a crash and is seen by every reader; an object
 * is never changed after it appeared. Failures are {@link IOException}s: {@link java.nio.file.NoSuchFileException}
 * for a missing object, {@link StoreFullException} when there is no room.
 */
@ConsumerType
public interface BlobStore extends AutoCloseable {
    /**
     * Creates an object from the remaining bytes.
     *
     * @return false, with nothing changed, when there is an object of that name already
     */
    boolean put(String name, ByteBuffer bytes) throws IOException;

    /** Starts an object whose name is known only when all its bytes are. */
    Upload begin() throws IOException;

    /** Size of an object in bytes, or -1 when there is none. */
    long size(String name) throws IOException;

    /**
     * Reads part of an object.
     *
     * @return bytes read; fewer than {@code length} only at the end of the object
     */
    int read(String name, long position, byte[] into, int offset, int length) throws IOException;

    /**
     * Reads a whole object.
     *
     * @param limit largest size to accept, so that a hostile object cannot fill the memory
     */
    byte[] get(String name, int limit) throws IOException;

    /** Hands out all objects whose name starts with a prefix, in no particular order. */
    void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException;

    /**
     * Removes an object.
     *
     * @return false when there was none
     */
    boolean delete(String name) throws IOException;

    /** Room left in bytes, or -1 when unknown. */
    long freeBytes() throws IOException;

    /** What the person calls this place. */
    String location();

    @Override
    void close() throws IOException;
}
