package org.holdfast.store.directory.internal;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.ObjectNames;

/**
 * Which file holds which object. Packs ({@code data} and {@code meta} followed by 64 hex digits) are spread over 256
 * directories by their first two digits, because some file systems get slow with many thousand files in one directory.
 * Every other name is the path itself. The few names that would collide with these directories or with the one for
 * temporary files get a {@code +} behind the segment in question: no name contains one, so the way back is unambiguous.
 */
final class Layout {
    /** Directory of files under construction. */
    static final String TEMP = "tmp";

    private static final int HASH = 64;
    private static final int SHARD = 2;
    private static final String MARK = "+";

    private final Path root;

    Layout(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path temp() {
        return root.resolve(TEMP);
    }

    /** Whether an object is one of many thousands that are named after their bytes. */
    static boolean isPack(String name) {
        return kindLength(name) > 0;
    }

    /** The file of a valid name. */
    Path file(String name) {
        return root.resolve(relative(ObjectNames.require(name)));
    }

    /** Path below the root, with slashes. */
    static String relative(String name) {
        if (name.equals(TEMP) || name.startsWith(TEMP + "/")) {
            return TEMP + MARK + name.substring(TEMP.length());
        }
        int kind = kindLength(name);
        if (kind == 0) {
            return name;
        }
        int end = segmentEnd(name, kind);
        int length = end - kind;
        if (length == HASH && end == name.length() && isHex(name, kind, end)) {
            return name.substring(0, kind + SHARD) + "/" + name.substring(kind);
        }
        if (length == SHARD && isHex(name, kind, end)) {
            return name.substring(0, end) + MARK + name.substring(end);
        }
        return name;
    }

    /** The name of the object in a file below the root, or null when the file holds none. */
    static @Nullable String name(String relative) {
        int mark = relative.indexOf(MARK);
        String name = mark < 0 ? relative : relative.substring(0, mark) + relative.substring(mark + 1);
        int kind = kindLength(relative);
        if (mark < 0 && kind > 0 && segmentEnd(relative, kind) == kind + SHARD && isHex(relative, kind, kind + SHARD)) {
            name = relative.substring(0, kind) + relative.substring(Math.min(kind + SHARD + 1, relative.length()));
        }
        // Going forth again finds everything that is not exactly where we put it.
        return ObjectNames.isValid(name) && relative(name).equals(relative) ? name : null;
    }

    /**
     * What the names of all objects in and below a directory begin with, or null when it holds none.
     *
     * @param relative path below the root, with slashes; empty for the root itself
     */
    static @Nullable String commonPrefix(String relative) {
        if (relative.isEmpty()) {
            return "";
        }
        int kind = kindLength(relative);
        if (kind > 0 && relative.length() == kind + SHARD && isHex(relative, kind, relative.length())) {
            return relative;
        }
        // A directory carries the same marks as the objects below it.
        String below = name(relative + "/x");
        return below == null ? null : below.substring(0, below.length() - 1);
    }

    /** Length of the leading {@code data/} or {@code meta/}, or 0. */
    private static int kindLength(String name) {
        return name.startsWith("data/") || name.startsWith("meta/") ? 5 : 0;
    }

    private static int segmentEnd(String name, int from) {
        int slash = name.indexOf('/', from);
        return slash < 0 ? name.length() : slash;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
