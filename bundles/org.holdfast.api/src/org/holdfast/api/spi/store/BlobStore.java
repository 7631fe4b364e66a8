package org.holdfast.api.spi.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Named immutable objects. Names match {@code [a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*}, at most 200 characters
 * ({@link ObjectNames}); any other name is an {@link IllegalArgumentException}. No name may go on below another one
 * ({@code a} and {@code a/b}): a store may refuse the second of them with an {@link IOException}.
 * Thread-safe; several processes may use one store at the same time.
 *
 * <p>Contract, checked by the conformance suite every implementation must pass: an object appears whole or not at
 * all; once {@link #put} or {@link Upload#commit} returned (true or false) the object of that name survives a crash and
 * is seen by every reader; of several writers that race for one name exactly one is told true; an object is never
 * changed after it appeared. Failures are {@link IOException}s: {@link java.nio.file.NoSuchFileException} for a missing
 * object, {@link StoreFullException} when there is no room (nothing of the object is left then). After any other
 * failure of {@link #put} or {@link Upload#commit} the object is there whole or not at all, and the caller may try
 * again.
 */
@ConsumerType
public interface BlobStore extends AutoCloseable {
    /**
     * Creates an object from the remaining bytes (position to limit; the position is undefined afterwards).
     *
     * @return false, with nothing changed, when there is an object of that name already
     */
    boolean put(String name, ByteBuffer bytes) throws IOException;

    /** Starts an object whose name is known only when all its bytes are. */
    Upload begin() throws IOException;

    /** Size of an object in bytes, or -1 when there is none. */
    long size(String name) throws IOException;

    /**
     * Reads part of an object. While an object is being deleted a read gives its true bytes or says that it is missing;
     * deleted through another instance, it may stay readable here for a while.
     *
     * @param position first byte, from 0; at or after the end nothing is read
     * @return bytes read, 0 or more; fewer than {@code length} only at the end of the object
     * @throws java.nio.file.NoSuchFileException when there is no such object
     */
    int read(String name, long position, byte[] into, int offset, int length) throws IOException;

    /**
     * Reads a whole object.
     *
     * @param limit largest size to accept in bytes, so that a hostile object cannot fill the memory
     * @throws java.nio.file.NoSuchFileException when there is no such object
     * @throws IOException also when the object is larger than the limit
     */
    byte[] get(String name, int limit) throws IOException;

    /**
     * Hands out all objects whose name starts with a prefix, in no particular order. Objects that appear or are deleted
     * meanwhile may or may not be handed out; every other one is, exactly once.
     *
     * @param prefix beginning of the names, not necessarily up to a slash; empty for all
     */
    void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException;

    /**
     * Removes an object. When this returned, the object stays away, also after a power cut, so that a point is gone
     * before what it needs goes. Only objects below {@code data/} and {@code meta/} may be back then, as garbage:
     * they are many, and waiting for each would take long.
     *
     * @return false when there was none
     */
    boolean delete(String name) throws IOException;

    /** Makes proofs that somebody holds the keys of the objects. */
    @FunctionalInterface
    interface Prover {
        /**
         * Makes a proof.
         *
         * @param purpose what it is for
         * @param message what it is about
         */
        byte[] prove(String purpose, byte[] message);
    }

    /**
     * Removes an object whose removal somebody has to answer for, a key slot for example. A store that is kept by
     * others may want a proof of that; any other store just removes it.
     *
     * @return false when there was none
     */
    default boolean delete(String name, Prover prover) throws IOException {
        return delete(name);
    }

    /** Room left in bytes, or -1 when unknown. */
    long freeBytes() throws IOException;

    /** What the person calls this place. */
    String location();

    /** Gives back what this instance holds open; the objects stay. Closing twice does nothing. */
    @Override
    void close() throws IOException;
}
