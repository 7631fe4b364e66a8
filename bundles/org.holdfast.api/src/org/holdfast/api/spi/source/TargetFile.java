package org.holdfast.api.spi.source;

import java.io.IOException;
import java.util.List;

/** A regular file being restored. {@link #write} may be called by several threads for different ranges. */
public interface TargetFile extends AutoCloseable {
    /** Sets the length, leaving holes where nothing is written. */
    void truncate(long size) throws IOException;

    /** Reserves a range that reads as zeros; does nothing where the file system cannot. */
    boolean allocate(long position, long length) throws IOException;

    /** Writes all bytes at a position. */
    void write(long position, byte[] from, int offset, int length) throws IOException;

    /** Reads back, for comparing an existing file; like {@link SourceFile#read}. */
    int read(long position, byte[] into, int offset, int length) throws IOException;

    /** Metadata of the open file in row 0. */
    void stat(StatTable into) throws IOException;

    /** Sets metadata of the open file; see {@link TargetDirectory#setMetadata}. */
    List<String> setMetadata(RestoreTarget.Metadata metadata) throws IOException;

    @Override
    void close() throws IOException;
}
