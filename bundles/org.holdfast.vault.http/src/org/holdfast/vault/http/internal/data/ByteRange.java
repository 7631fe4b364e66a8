package org.holdfast.vault.http.internal.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;

/**
 * One range of bytes, RFC 9110 section 14. Several at a time are not given: a server may ignore them.
 *
 * @param from first byte
 * @param length bytes, 0 when the range cannot be satisfied
 * @param partial whether it was asked for
 */
record ByteRange(long from, long length, boolean partial) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * What of an object is to be sent.
     *
     * @param header value of {@code Range}, null when there is none
     * @param size of the object
     */
    static ByteRange of(@Nullable String header, long size) {
        Matcher range = ONE.matcher(header == null ? "" : header);
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return new ByteRange(0, size, false);
        }
        if (range.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(range.group(2)));
            return new ByteRange(size - last, last, true);
        }
        long from = Long.parseLong(range.group(1));
        long to = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
        if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < from) {
            return new ByteRange(0, size, false);
        }
        return new ByteRange(from, Math.max(0, to - from + 1), true);
    }

    /** Whether nothing of it is there. */
    boolean unsatisfiable() {
        return partial && length == 0;
    }
}
