package org.holdfast.store.azure.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;

import org.holdfast.api.spi.store.ObjectNames;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.api.spi.store.remote.Spool;

/**
 * An object whose name is known when all its bytes are, which for the service is too late: it wants the name first. So
 * the bytes wait in a file without a name.
 */
final class SpooledUpload implements Upload {
    private final Spool bytes;
    private final MessageDigest md5 = Sender.md5();
    private final Destination destination;
    private boolean ended;

    /** Where it is sent to. */
    interface Destination {
        boolean send(String name, Sender.Source source, long length, byte[] md5) throws IOException;
    }

    SpooledUpload(Path folder, Destination destination) {
        this.bytes = new Spool(folder);
        this.destination = destination;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        requireOpen();
        md5.update(from, offset, length);
        bytes.write(from, offset, length);
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("The upload has ended");
        }
    }

    @Override
    public long length() {
        return bytes.length();
    }

    @Override
    public boolean commit(String name) throws IOException {
        requireOpen();
        ObjectNames.require(name);
        ended = true;
        return destination.send(name, bytes::open, bytes.length(), md5.digest());
    }

    @Override
    public void close() throws IOException {
        ended = true;
        bytes.close();
    }
}
