package org.holdfast.source.files.internal.linux;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;

/**
 * Where a directory is, for messages only. Linked upwards instead of joined, so that a tree of any depth costs one
 * small object a directory.
 *
 * @param parent the directory above, or null where {@code name} is an absolute path
 * @param name one segment or an absolute path; not copied
 */
record Trail(@Nullable Trail parent, byte[] name) {
    /** The path for people. */
    String display() {
        var parts = new ArrayDeque<byte[]>();
        for (Trail t = this; t != null; t = t.parent) {
            parts.push(t.name);
        }
        var path = new ByteArrayOutputStream();
        byte last = 0;
        for (byte[] part : parts) {
            if (path.size() > 0 && last != '/') {
                path.write('/');
            }
            path.writeBytes(part);
            last = part.length == 0 ? last : part[part.length - 1];
        }
        return RawPath.displayOf(path.toByteArray());
    }

    /** The path of an entry for people. */
    String display(byte[] child) {
        return new Trail(this, child).display();
    }
}
