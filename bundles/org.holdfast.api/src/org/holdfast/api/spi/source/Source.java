package org.holdfast.api.spi.source;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;

/** A tree that can be read. Thread-safe. */
public interface Source extends AutoCloseable {
    /**
     * Opens a directory by absolute path; the last segment may be reached through symbolic links in its parents, but
     * must itself be a directory (the path "/" is one).
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     * @throws IOException when it cannot be opened
     */
    SourceDirectory openDirectory(RawPath absolute) throws IOException;

    /** Name of an owner, or null when the system knows none. Cached by the implementation. */
    @Nullable
    String userName(int uid);

    /** Name of a group, or null when the system knows none. Cached by the implementation. */
    @Nullable
    String groupName(int gid);

    @Override
    void close();
}
