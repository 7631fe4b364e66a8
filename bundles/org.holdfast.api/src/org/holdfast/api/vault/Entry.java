package org.holdfast.api.vault;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;

/**
 * One entry of a recovery point.
 *
 * @param path absolute path as on the protected server
 * @param type what it is
 * @param size bytes for a file; for a directory the number of its entries
 * @param modified modification time
 * @param mode permission bits incl. set-uid, set-gid and sticky (12 bits)
 * @param uid owner id
 * @param gid group id
 * @param owner owner name, empty when unknown
 * @param group group name, empty when unknown
 * @param linkTarget target of a symbolic link as text for people, or null
 * @param change against the previous recovery point of the same server with the same base
 */
public record Entry(RawPath path, EntryType type, long size, Instant modified, int mode, int uid, int gid,
        String owner, String group, @Nullable String linkTarget, Change change) {
    /** The last segment as text for people. */
    public String name() {
        return RawPath.displayOf(path.name());
    }
}
