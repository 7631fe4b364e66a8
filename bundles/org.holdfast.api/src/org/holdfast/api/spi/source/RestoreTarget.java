package org.holdfast.api.spi.source;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;

/** A directory that is being restored into. Nothing is ever written outside it. Thread-safe. */
public interface RestoreTarget extends AutoCloseable {
    /** The directory itself, with a reference of its own that the caller closes. */
    TargetDirectory root() throws IOException;

    /** Id of a named user here, or -1 when there is none. */
    int userId(String name);

    /** Id of a named group here, or -1 when there is none. */
    int groupId(String name);

    /** Whether owners can be set at all (the process has the right). */
    boolean canSetOwner();

    /** Free bytes on the file system, or -1 when unknown. */
    long freeBytes();

    /** Permission bits that this process takes from what it creates when nobody says otherwise. */
    default int umask() {
        return 077;
    }

    /** Makes all that was written durable, where the system can do that for a whole file system. */
    default void sync() throws IOException {
        // Nothing to do where the system writes back on its own.
    }

    @Override
    void close() throws IOException;

    /**
     * Metadata to put on an entry; what is null or -1 is left alone. Ids are unsigned 32-bit numbers in an int.
     *
     * @param mode permission bits incl. set-uid, set-gid, sticky; -1 leaves them
     * @param uid owner, -1 leaves it
     * @param gid group, -1 leaves it
     * @param mtimeSeconds modification time, seconds since 1970
     * @param mtimeNanos nanoseconds, -1 leaves the time alone
     * @param attributes extended attributes, or null to leave them; others already there are removed
     */
    record Metadata(int mode, int uid, int gid, long mtimeSeconds, int mtimeNanos,
            java.util.@Nullable List<ExtendedAttribute> attributes) {
    }
}
