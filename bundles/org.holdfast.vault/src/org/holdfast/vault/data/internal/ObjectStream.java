package org.holdfast.vault.data.internal;

import java.io.IOException;
import java.io.InputStream;

import org.holdfast.api.spi.store.BlobStore;

/** The bytes of an object in their order. */
public final class ObjectStream extends InputStream {
    private final BlobStore store;
    private final String name;
    private long at;

    /**
     * @param store where it is
     * @param name its name
     */
    public ObjectStream(BlobStore store, String name) {
        this.store = store;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = store.read(name, at, into, offset, length);
        if (n <= 0) {
            return -1;
        }
        at += n;
        return n;
    }
}
