package org.holdfast.cli.internal.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns under headings, aligned; the last column is never padded, so lines have no trailing blanks. */
public final class Table {
    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;
    private int[] widths;

    /** Starts a table; a heading that begins with '>' makes its column flush right. */
    public Table(String... headings) {
        right = new boolean[headings.length];
        widths = new int[headings.length];
        var plain = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            plain[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        row(plain);
    }

    /** Adds a row with as many cells as there are headings. */
    public Table row(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + right.length + " columns");
        }
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], width(cells[i]));
        }
        rows.add(cells);
        return this;
    }

    /** Rows added since the start or the last {@link #flush}, headings not counted. */
    public int size() {
        return rows.size() - 1;
    }

    /** Writes all rows. */
    public void print(PrintWriter out) {
        flush(out);
    }

    /** Writes the rows so far; columns do not get narrower afterwards and headings are not repeated. */
    public void flush(PrintWriter out) {
        var line = new StringBuilder();
        for (var row : rows) {
            if (row == null) {
                continue;
            }
            line.setLength(0);
            for (int i = 0; i < row.length; i++) {
                int blanks = widths[i] - width(row[i]);
                if (right[i]) {
                    blanks(line, blanks).append(row[i]);
                } else {
                    line.append(row[i]);
                    if (i < row.length - 1) {
                        blanks(line, blanks);
                    }
                }
                if (i < row.length - 1) {
                    line.append("  ");
                }
            }
            int end = line.length();
            while (end > 0 && line.charAt(end - 1) == ' ') {
                end--;
            }
            out.println(line.substring(0, end));
        }
        rows.clear();
        rows.add(null);
    }

    private static StringBuilder blanks(StringBuilder line, int count) {
        return line.repeat(' ', Math.max(0, count));
    }

    /** Columns a text takes in a terminal: ideographs and the like take two, combining marks none. */
    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            width += c < 0x300 ? 1 : wide(c) ? 2 : combining(c) ? 0 : 1;
        }
        return width;
    }

    private static boolean wide(int c) {
        return c >= 0x1100 && c <= 0x115f || c >= 0x2e80 && c <= 0xa4cf || c >= 0xac00 && c <= 0xd7a3
                || c >= 0xf900 && c <= 0xfaff || c >= 0xfe30 && c <= 0xfe6f || c >= 0xff00 && c <= 0xff60
                || c >= 0xffe0 && c <= 0xffe6 || c >= 0x1f300 && c <= 0x1faff || c >= 0x20000 && c <= 0x3fffd;
    }

    private static boolean combining(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT;
    }
}
