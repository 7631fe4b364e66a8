package org.holdfast.console.monitor.internal;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Comma separated values (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front, as
 * <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP</a> advises.
 */
public final class Csv {
    /** End of a line. */
    public static final String END = "\r\n";
    private static final String FORMULA = "=+-@\t\r";

    private Csv() {
    }

    /** A line with its end; null is an empty value, numbers and times stay as they are. */
    public static String line(@Nullable Object... values) {
        return Arrays.stream(values).map(v -> v == null ? "" : v instanceof String s ? safe(s) : v.toString())
                .map(Csv::quoted).collect(Collectors.joining(",", "", END));
    }

    static String safe(@Nullable String text) {
        return text == null ? "" : !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? '\'' + text : text;
    }

    static String quoted(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
