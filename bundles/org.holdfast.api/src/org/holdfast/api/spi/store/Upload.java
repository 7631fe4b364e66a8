package org.holdfast.api.spi.store;

import java.io.IOException;

/** An object under construction. Used by one thread at a time; closing without commit leaves nothing behind. */
public interface Upload extends AutoCloseable {
    /** Appends bytes. */
    void write(byte[] from, int offset, int length) throws IOException;

    /** Bytes appended so far. */
    long length();

    /**
     * Makes the object durable and visible under a name.
     *
     * @return false when there is an object of that name already (the bytes are then dropped)
     */
    boolean commit(String name) throws IOException;

    @Override
    void close() throws IOException;
}
