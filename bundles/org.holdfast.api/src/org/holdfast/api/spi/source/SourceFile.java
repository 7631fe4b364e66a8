package org.holdfast.api.spi.source;

import java.io.IOException;
import java.util.List;

/** An open regular file. One thread at a time. */
public interface SourceFile extends AutoCloseable {
    /**
     * Reads at a position, as much as fits and is there.
     *
     * @return bytes read, 0 only at the end of the file
     */
    int read(long position, byte[] into, int offset, int length) throws IOException;

    /** Metadata of the open file in row 0. */
    void stat(StatTable into) throws IOException;

    /**
     * First position at or after {@code from} that holds data, or -1 when the rest is a hole; {@code from} where holes
     * are not known.
     */
    long nextData(long from) throws IOException;

    /** First position at or after {@code from} that is in a hole, the end of the file being one. */
    long nextHole(long from) throws IOException;

    /**
     * Extended attributes of the open file, like {@link SourceDirectory#attributes}; cheaper, and surely those of the
     * file that is read.
     */
    List<ExtendedAttribute> attributes() throws IOException;

    @Override
    void close();
}
