package org.holdfast.api.spi.source;

import java.nio.file.FileSystemException;

/** The file system that is restored into has no room left, or the quota of this user is used up. */
public class TargetFullException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * @param file what was being written, for display
     * @param reason what the system says
     */
    public TargetFullException(String file, String reason) {
        super(file, null, reason);
    }
}
