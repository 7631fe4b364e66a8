package org.holdfast.api.spi.source;

import java.io.IOException;
import java.util.List;

/**
 * An open directory below a {@link RestoreTarget}. Every name is one segment and no call follows a symbolic link.
 * Thread-safe and reference counted like {@link SourceDirectory}.
 */
public interface TargetDirectory extends AutoCloseable {
    /** Adds a reference. */
    void retain();

    /** Metadata of an entry in row 0; mode is {@link StatTable#VANISHED} when there is none. */
    void stat(byte[] name, StatTable into) throws IOException;

    /**
     * Opens a directory below, creating it (mode 0700) when it is not there.
     *
     * @throws java.nio.file.NotDirectoryException when something else, a link included, has the name
     */
    TargetDirectory directory(byte[] name) throws IOException;

    /** Creates a new regular file (mode 0600) or opens an existing regular one for writing when {@code existing}. */
    TargetFile file(byte[] name, boolean existing) throws IOException;

    /**
     * Opens an existing regular file for comparing it and for setting its metadata; it need not be writable, and
     * writing to it fails.
     */
    default TargetFile existing(byte[] name) throws IOException {
        return file(name, true);
    }

    /** Target of an existing symbolic link, as bytes. */
    default byte[] readLink(byte[] name) throws IOException {
        throw new java.nio.file.FileSystemException(org.holdfast.api.RawPath.displayOf(name), null,
                "links cannot be read here");
    }

    /** Creates a symbolic link. */
    void symbolicLink(byte[] name, byte[] target) throws IOException;

    /** Creates a further name for an entry that was restored before. */
    void hardLink(byte[] name, TargetDirectory otherDirectory, byte[] otherName) throws IOException;

    /**
     * Creates a fifo, socket or device node.
     *
     * @param mode file type bits as in {@code st_mode}
     * @param specialDevice major in the upper, minor in the lower 32 bits
     */
    void special(byte[] name, int mode, long specialDevice) throws IOException;

    /** Renames within this directory, replacing a file, link or special node that has the new name. */
    void rename(byte[] from, byte[] to) throws IOException;

    /** Removes a file, link or special node; a missing one is no error. */
    void remove(byte[] name) throws IOException;

    /**
     * Sets metadata of an entry (never of what a link points to) as far as this process may.
     *
     * @return what could not be set, one sentence each; empty when all was
     */
    List<String> setMetadata(byte[] name, int type, RestoreTarget.Metadata metadata) throws IOException;

    /** Sets metadata of this directory itself. */
    List<String> setMetadataOfSelf(RestoreTarget.Metadata metadata) throws IOException;

    @Override
    void close();
}
