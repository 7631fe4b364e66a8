package org.holdfast.api.spi.source;

import java.io.IOException;
import java.util.List;

import org.holdfast.api.CancelToken;

/**
 * An open directory. Every entry is reached relative to it, so that depth is not limited by the length of a path and
 * nobody can swap a parent for a link meanwhile. Thread-safe. Reference counted: starts with one reference,
 * {@link #retain()} adds one and {@link #close()} gives one back; the last one closes the handle.
 */
public interface SourceDirectory extends AutoCloseable {
    /** Adds a reference. */
    void retain();

    /** Reads all names except "." and "..", sorted as unsigned bytes. */
    void list(NameTable into, CancelToken cancel) throws IOException;

    /**
     * Reads the metadata of names {@code from} (inclusive) to {@code to} (exclusive) without following links; row 0
     * of the table is name {@code from}. An entry that cannot be read is marked in its row, never thrown.
     */
    void stat(NameTable names, int from, int to, StatTable into);

    /** Metadata of this directory itself, in row 0. */
    void statSelf(StatTable into) throws IOException;

    /** Metadata of a single entry without following links, in row 0; throws instead of marking the row. */
    void stat(byte[] name, StatTable into) throws IOException;

    /** Opens a directory below this one; never follows a link. */
    SourceDirectory openDirectory(byte[] name) throws IOException;

    /** Opens a regular file for reading; never follows a link, never blocks on a fifo, leaves the access time alone. */
    SourceFile openFile(byte[] name) throws IOException;

    /** Target of a symbolic link, as bytes. */
    byte[] readLink(byte[] name) throws IOException;

    /** Extended attributes of an entry in every name space this process may read, sorted by name. */
    List<ExtendedAttribute> attributes(byte[] name, int mode) throws IOException;

    /** Extended attributes of this directory itself. */
    List<ExtendedAttribute> attributesOfSelf() throws IOException;

    @Override
    void close();
}
