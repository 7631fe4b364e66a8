package org.holdfast.engine.internal.restore;

import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.vault.IfExists;
import org.holdfast.format.Page;

/** What becomes of an entry whose name something different has. */
enum Conflict {
    /** It goes beside. */
    BESIDE,
    /** It takes the place. */
    REPLACE,
    /** It is not restored. */
    LEAVE;

    private static final int TYPE = 0xf000;
    private static final int DIRECTORY = 0x4000;

    /**
     * Decides.
     *
     * @param existing what is there, in row 0
     */
    static Conflict decide(IfExists rule, Page page, int row, StatTable existing) {
        return switch (rule) {
            case COPY -> BESIDE;
            case OVERWRITE -> REPLACE;
            case SKIP -> LEAVE;
            case NEWER -> later(page, row, existing) ? REPLACE : LEAVE;
        };
    }

    private static boolean later(Page page, int row, StatTable existing) {
        int seconds = Long.compare(page.mtime[row], existing.mtimeSeconds[0]);
        return seconds > 0 || seconds == 0 && page.mtimeNanos[row] > existing.mtimeNanos[0];
    }

    /** Whether what is there is a directory, which is never replaced by something else. */
    static boolean isDirectory(StatTable existing) {
        return (existing.mode[0] & TYPE) == DIRECTORY;
    }
}
