package org.holdfast.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** What a call carries. */
public sealed interface Body {
    /** Nothing. */
    record Nothing() implements Body {
    }

    /**
     * A value as JSON.
     *
     * @param value a record of the protocol
     */
    record Value(Object value) implements Body {
    }

    /**
     * Bytes in memory.
     *
     * @param bytes not changed while the call runs
     * @param offset of the first
     * @param length how many
     */
    record Memory(byte[] bytes, int offset, int length) implements Body {
    }

    /**
     * A whole file.
     *
     * @param path not changed while the call runs
     */
    record File(Path path) implements Body {
    }

    /**
     * A stream of known length.
     *
     * @param opener opens it anew for each try
     * @param length bytes
     */
    record Stream(Opener opener, long length) implements Body {
    }

    /** Opens a stream. */
    @FunctionalInterface
    interface Opener {
        /** The stream from its start; the client closes it. */
        InputStream open() throws IOException;
    }
}
