package org.holdfast.api.spi.source;

import org.osgi.annotation.versioning.ConsumerType;

/** A kind of place to protect and to restore to. Registered as a service; {@link #type()} must be unique. */
@ConsumerType
public interface SourceProvider {
    /** Stable name of the kind, for example {@code files}. */
    String type();

    /** Opens the tree for reading. Cheap; no I/O before a directory is opened. */
    Source open();

    /**
     * Opens a tree for restoring into an existing or new directory.
     *
     * @param directory absolute native path; created (with missing parents) when it is not there
     * @throws java.io.IOException when it cannot be opened or created or is not a directory
     */
    RestoreTarget openTarget(org.holdfast.api.RawPath directory) throws java.io.IOException;
}
