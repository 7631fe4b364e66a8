package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says for people why a call of the file system failed. */
final class Reasons {
    private Reasons() {
    }

    /** One sentence. */
    static String of(String what, IOException e) {
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : null;
        if (reason == null) {
            reason = e instanceof AccessDeniedException ? "access denied" : e.getMessage();
        }
        return what + ": " + reason + ".";
    }
}
