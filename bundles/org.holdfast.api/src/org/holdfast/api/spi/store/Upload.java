package org.holdfast.api.spi.store;

import java.io.IOException;

import org.osgi.annotation.versioning.ConsumerType;

/** An object under construction. Used by one thread at a time; closing without commit leaves nothing behind. */
@ConsumerType
public interface Upload extends AutoCloseable {
    /**
     * Appends bytes. They are taken before the call returns, so the caller may reuse the array.
     *
     * @throws StoreFullException when there is no room; the upload is then of no further use
     */
    void write(byte[] from, int offset, int length) throws IOException;

    /** Bytes appended so far. */
    long length();

    /**
     * Makes the object durable and visible under a name. May be called once, and nothing be written after it
     * ({@link IllegalStateException}).
     *
     * @return false when there is an object of that name already (the bytes are then dropped)
     */
    boolean commit(String name) throws IOException;

    /**
     * As {@link #commit}, but may return before the object is durable, so that a store that is far away can send while
     * its user goes on. Until {@link Commit#await} has returned, nothing may be stored that relies on the object.
     *
     * @throws IOException when it is known already that it will not work
     */
    default Commit commitLater(String name) throws IOException {
        boolean made = commit(name);
        return () -> made;
    }

    /** A commit under way. */
    @FunctionalInterface
    interface Commit {
        /**
         * Waits until the object is durable and visible. May be called several times.
         *
         * @return as {@link Upload#commit}
         * @throws IOException when it is not, and will not be
         */
        boolean await() throws IOException;
    }

    /** Drops the bytes unless they were committed. Closing twice, or after a commit, does nothing. */
    @Override
    void close() throws IOException;
}
