package org.holdfast.engine.internal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/**
 * Globs over names of files. {@code *} and {@code ?} do not cross a slash, {@code **} does, {@code [a-z]},
 * {@code [!a-z]} and <code>{a,b}</code> work, a backslash takes the meaning from the character behind it. A character
 * is a code point of UTF-8; bytes that are no UTF-8 count as one character each, so that names in any encoding match.
 */
public final class Glob {
    private static final char ESCAPE = '\udc00';

    private Glob() {
    }

    /**
     * Bytes as text to match: UTF-8, and each byte that is none as the lone surrogate of U+DC00 plus its value
     * (PEP 383).
     */
    public static String decode(byte[] bytes, int at, int length) {
        int end = at + length;
        int i = at;
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        if (i == end) {
            return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        }
        var out = new StringBuilder(length);
        i = at;
        while (i < end) {
            int n = sequence(bytes, i, end);
            if (n == 0) {
                out.append((char) (ESCAPE + (bytes[i++] & 0xff)));
            } else {
                out.append(new String(bytes, i, n, StandardCharsets.UTF_8));
                i += n;
            }
        }
        return out.toString();
    }

    /** Length of the well-formed UTF-8 sequence at a position (RFC 3629 §4), or 0. */
    private static int sequence(byte[] b, int at, int end) {
        int first = b[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int n = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || at + n > end) {
            return 0;
        }
        int second = b[at + 1] & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = at + 2; i < at + n; i++) {
            if ((b[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return n;
    }

    /**
     * Compiles a glob.
     *
     * @param prefix regular expression in front of it
     * @param flags of {@link Pattern}
     * @return a pattern for {@link #decode decoded} names
     * @throws HoldfastException with {@link Problem#INVALID_REQUEST} when it makes no sense
     */
    public static Pattern compile(String glob, String prefix, int flags) {
        var out = new StringBuilder(prefix);
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    if (i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                        i++;
                        if (i + 1 < glob.length() && glob.charAt(i + 1) == '/') {
                            i++;
                            out.append("(?:.*/)?");
                        } else {
                            out.append(".*");
                        }
                    } else {
                        out.append("[^/]*");
                    }
                }
                case '?' -> out.append("[^/]");
                case '[' -> i = set(glob, i, out);
                case '{' -> {
                    braces++;
                    out.append("(?:");
                }
                case '}' -> {
                    if (braces > 0) {
                        braces--;
                        out.append(')');
                    } else {
                        out.append("\\}");
                    }
                }
                case ',' -> out.append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    i++;
                    if (i == glob.length()) {
                        throw invalid(glob, "it ends with a backslash");
                    }
                    quote(glob.charAt(i), out);
                }
                default -> quote(c, out);
            }
        }
        if (braces > 0) {
            throw invalid(glob, "a brace is not closed");
        }
        try {
            return Pattern.compile(out.toString(), flags);
        } catch (PatternSyntaxException e) {
            throw invalid(glob, e.getDescription());
        }
    }

    private static int set(String glob, int start, StringBuilder out) {
        int i = start + 1;
        out.append('[');
        if (i < glob.length() && (glob.charAt(i) == '!' || glob.charAt(i) == '^')) {
            out.append('^');
            i++;
        }
        int first = i;
        while (i < glob.length() && (glob.charAt(i) != ']' || i == first)) {
            char c = glob.charAt(i);
            boolean range = c == '-' && i > first && i + 1 < glob.length() && glob.charAt(i + 1) != ']';
            if (range) {
                out.append('-');
            } else {
                quote(c, out);
            }
            i++;
        }
        if (i >= glob.length()) {
            throw invalid(glob, "a bracket is not closed");
        }
        out.append("&&[^/]]");
        return i;
    }

    private static void quote(char c, StringBuilder out) {
        if (c < 128 && !Character.isLetterOrDigit(c)) {
            out.append('\\');
        }
        out.append(c);
    }

    private static HoldfastException invalid(String glob, String why) {
        return new HoldfastException(Problem.INVALID_REQUEST, "The pattern '" + glob + "' makes no sense: " + why + ".",
                "Patterns know *, ?, **, [a-z] and {a,b}; put a backslash before a special character.");
    }
}
