package org.holdfast.api.spi.store;

/**
 * The rule for names of objects, in one place so that every store refuses the same ones: segments of
 * {@code [a-z0-9][a-z0-9._-]*} joined by single slashes, at most {@value #MAX_LENGTH} characters. Such a name is safe
 * on every file system and in every URL, and cannot climb out of a directory.
 */
public final class ObjectNames {
    /** Longest name in characters. */
    public static final int MAX_LENGTH = 200;

    private ObjectNames() {
    }

    /** Whether this is the name of an object. */
    public static boolean isValid(String name) {
        return !name.isEmpty() && isPrefix(name) && name.charAt(name.length() - 1) != '/';
    }

    /**
     * Checks a name before it is used.
     *
     * @return the name
     * @throws IllegalArgumentException when it breaks the rule
     */
    public static String require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("Not the name of an object: " + printable(name));
        }
        return name;
    }

    /**
     * Checks the prefix of a listing: empty, or the beginning of some valid name.
     *
     * @return the prefix
     * @throws IllegalArgumentException when no name can begin like that
     */
    public static String requirePrefix(String prefix) {
        if (!isPrefix(prefix)) {
            throw new IllegalArgumentException("No name of an object begins with: " + printable(prefix));
        }
        return prefix;
    }

    private static boolean isPrefix(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        boolean first = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!plain && (first || c != '/' && c != '.' && c != '_' && c != '-')) {
                return false;
            }
            first = c == '/';
        }
        return true;
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
            char c = text.charAt(i);
            out.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return out.toString();
    }
}
