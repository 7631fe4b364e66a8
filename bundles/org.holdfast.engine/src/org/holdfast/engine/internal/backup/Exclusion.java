package org.holdfast.engine.internal.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.vault.Exclusions;

/**
 * Exclusion globs, compiled. Names are matched as ISO 8859-1 text, byte by byte, so that patterns work on names in
 * any encoding; a pattern's own characters are encoded as UTF-8 first. Thread-safe.
 */
public final class Exclusion {
    private final List<Rule> names = new ArrayList<>();
    private final List<Rule> paths = new ArrayList<>();

    private record Rule(String glob, Pattern pattern) {
    }

    /** @throws HoldfastException with {@link Problem#INVALID_REQUEST} for a pattern that makes no sense */
    public Exclusion(Exclusions exclusions) {
        for (String glob : exclusions.globs()) {
            if (glob.isBlank()) {
                continue;
            }
            String trimmed = glob.length() > 1 && glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob;
            if (trimmed.indexOf('/') < 0) {
                names.add(new Rule(glob, compile(trimmed, "", Pattern.DOTALL)));
            } else {
                paths.add(new Rule(glob, compile(trimmed, trimmed.startsWith("/") ? "" : "(?:.*/)?", Pattern.DOTALL)));
            }
        }
    }

    /** Whether there are no patterns at all. */
    boolean isEmpty() {
        return names.isEmpty() && paths.isEmpty();
    }

    /** Whether paths have to be made for {@link #match}. */
    boolean needsPaths() {
        return !paths.isEmpty();
    }

    /** The glob that leaves an entry out, or null. */
    String match(byte[] name, int at, int length, byte[] path) {
        if (!names.isEmpty()) {
            var text = new String(name, at, length, StandardCharsets.ISO_8859_1);
            for (Rule rule : names) {
                if (rule.pattern().matcher(text).matches()) {
                    return rule.glob();
                }
            }
        }
        if (!paths.isEmpty()) {
            var text = new String(path, StandardCharsets.ISO_8859_1);
            for (Rule rule : paths) {
                if (rule.pattern().matcher(text).matches()) {
                    return rule.glob();
                }
            }
        }
        return null;
    }

    /** Compiles a glob to a pattern over ISO 8859-1 text. */
    public static Pattern compile(String glob, String prefix, int flags) {
        var text = new String(glob.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var out = new StringBuilder(prefix);
        int braces = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> {
                    if (i + 1 < text.length() && text.charAt(i + 1) == '*') {
                        i++;
                        if (i + 1 < text.length() && text.charAt(i + 1) == '/') {
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
                case '[' -> i = set(glob, text, i, out);
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
                    if (i == text.length()) {
                        throw invalid(glob, "it ends with a backslash");
                    }
                    quote(text.charAt(i), out);
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

    private static int set(String glob, String text, int start, StringBuilder out) {
        int i = start + 1;
        out.append('[');
        if (i < text.length() && (text.charAt(i) == '!' || text.charAt(i) == '^')) {
            out.append('^');
            i++;
        }
        int first = i;
        while (i < text.length() && (text.charAt(i) != ']' || i == first)) {
            char c = text.charAt(i++);
            if (c == '-') {
                out.append('-');
            } else {
                quote(c, out);
            }
        }
        if (i >= text.length()) {
            throw invalid(glob, "a bracket is not closed");
        }
        out.append("&&[^/]]");
        return i;
    }

    private static void quote(char c, StringBuilder out) {
        if (!Character.isLetterOrDigit(c) && c < 128) {
            out.append('\\');
        }
        out.append(c);
    }

    private static HoldfastException invalid(String glob, String why) {
        return new HoldfastException(Problem.INVALID_REQUEST, "The pattern '" + glob + "' makes no sense: " + why + ".",
                "Patterns know *, ?, **, [a-z] and {a,b}; put a backslash before a special character.");
    }
}
