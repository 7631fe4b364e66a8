package org.holdfast.cli.internal.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Indented lines of a name and a value, the values aligned. */
public final class Facts {
    private final List<String[]> lines = new ArrayList<>();

    /** Adds a line. */
    public Facts add(String name, String value) {
        lines.add(new String[] { name, value });
        return this;
    }

    /** Adds a line when a condition holds. */
    public Facts addIf(boolean condition, String name, String value) {
        return condition ? add(name, value) : this;
    }

    /** Writes all lines. */
    public void print(PrintWriter out) {
        int width = 0;
        for (var line : lines) {
            width = Math.max(width, line[0].length());
        }
        for (var line : lines) {
            out.println("  " + line[0] + " ".repeat(width - line[0].length() + 2) + line[1]);
        }
    }
}
