package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.StoreFullException;

/**
 * Tells failures apart that Java reports with nothing but the system's text, which comes in the system's language.
 */
final class Errors {
    private static final boolean MAC = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");
    private static final int ENOSPC = 28;
    private static final int EDQUOT = MAC ? 69 : 122;
    // Less room than this behind a failed write, and room is what it failed for.
    private static final long NO_ROOM = 128 * 1024;

    private Errors() {
    }

    /** The same failure, as {@link StoreFullException} when it came from a lack of room. */
    static IOException translate(IOException e, Path root) {
        if (e instanceof StoreFullException || !isFull(e, root)) {
            return e;
        }
        return new StoreFullException("No room left in " + root, e);
    }

    /** Whether a write failed because the disk or the quota is used up. */
    static boolean isFull(IOException e, Path root) {
        if (says(e, ENOSPC, "No space left on device") || says(e, EDQUOT, "Disk quota exceeded")) {
            return true;
        }
        // Windows has other texts, in every language; there we look at the disk itself.
        boolean plain = e.getClass() == IOException.class || e.getClass() == FileSystemException.class;
        return WINDOWS && plain && root.toFile().getTotalSpace() > 0 && root.toFile().getUsableSpace() < NO_ROOM;
    }

    /** Whether the file system does not know the operation at all. */
    static boolean isInvalid(IOException e) {
        return says(e, Libc.EINVAL, "Invalid argument");
    }

    private static boolean says(IOException e, int errno, String english) {
        @Nullable String text = e instanceof FileSystemException it ? it.getReason() : e.getMessage();
        if (text == null) {
            return false;
        }
        if (text.contains(english)) {
            return true;
        }
        try {
            return text.contains(Libc.errorText(errno));
        } catch (UnsupportedOperationException unknown) {
            return false;
        }
    }
}
