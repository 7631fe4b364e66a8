package org.holdfast.azure.internal.arm;

import java.util.regex.Pattern;

/** Puts a command line of Azure's own tool together, quoted for a POSIX shell. */
final class Az {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");
    private final StringBuilder line;

    private Az(String command) {
        line = new StringBuilder("az ").append(command);
    }

    static Az of(String command) {
        return new Az(command);
    }

    Az with(String option, String value) {
        line.append(" --").append(option).append(' ').append(quoted(value));
        return this;
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    String line() {
        return line.toString();
    }
}
