package org.holdfast.engine.internal.backup;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.SourceDirectory;

/**
 * A file to be read.
 *
 * @param directory where it is; a reference is held until the task is done
 * @param name its name
 * @param page page of its entry
 * @param row row of its entry
 * @param known metadata from the scan
 * @param before whether the previous recovery point has the file, in another version
 * @param begun what an interrupted backup has read of this version of it, or null
 */
record FileTask(SourceDirectory directory, byte[] name, PageNode page, int row, FileStat known, boolean before,
        @Nullable PartialFile begun) {
    RawPath path() {
        return page.directory().path().child(name);
    }

    /** Nobody will do it. */
    void forget() {
        directory.close();
    }
}
