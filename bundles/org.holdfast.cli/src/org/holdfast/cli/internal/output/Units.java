package org.holdfast.cli.internal.output;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Numbers, sizes and times for people. Done by hand: the JDK's formatters cost tens of milliseconds at start. */
public final class Units {
    private static final String[] SIZES = { "B", "kB", "MB", "GB", "TB", "PB", "EB" };
    private static final char[] MODE = "rwxrwxrwx".toCharArray();

    private Units() {
    }

    /** A size with three significant digits, in powers of 1000: {@code 1.23 GB}. */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        return decimal(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0) + " " + SIZES[unit];
    }

    /** A number with a fixed count of decimals, rounded half up. */
    public static String decimal(double value, int decimals) {
        long scale = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
        long scaled = Math.round(value * scale);
        var out = new StringBuilder().append(scaled / scale);
        if (decimals > 0) {
            out.append('.');
            long rest = scaled % scale;
            if (decimals == 2 && rest < 10) {
                out.append('0');
            }
            out.append(rest);
        }
        return out.toString();
    }

    /** A whole number in groups of three: {@code 12,345}. */
    public static String count(long number) {
        var digits = new StringBuilder().append(number);
        for (int i = digits.length() - 3; i > (number < 0 ? 1 : 0); i -= 3) {
            digits.insert(i, ',');
        }
        return digits.toString();
    }

    /** A number with its noun: {@code 1 file}, {@code 2 files}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** How long something took: {@code 0.42 s}, {@code 12.3 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String duration(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds < 9.995) {
            return decimal(seconds, 2) + " s";
        }
        return seconds < 59.95 ? decimal(seconds, 1) + " s" : rough(time);
    }

    /** A time left, in whole units: {@code 50 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    public static String rough(Duration time) {
        long s = time.toSeconds();
        if (s < 60) {
            return s + " s";
        }
        if (s < 3600) {
            return s / 60 + " min" + (s % 60 == 0 ? "" : " " + s % 60 + " s");
        }
        if (s < 86_400) {
            return s / 3600 + " h" + (s / 60 % 60 == 0 ? "" : " " + s / 60 % 60 + " min");
        }
        return s / 86_400 + " d" + (s / 3600 % 24 == 0 ? "" : " " + s / 3600 % 24 + " h");
    }

    /** Local time to the second: {@code 2026-11-23 04:00:12}. */
    public static String time(Instant instant, ZoneId zone) {
        var t = LocalDateTime.ofInstant(instant, zone);
        var out = new StringBuilder(19);
        int year = t.getYear();
        if (year >= 0 && year < 1000) {
            out.append("0000", 0, 4 - Integer.toString(year).length());
        }
        out.append(year).append('-');
        two(out, t.getMonthValue()).append('-');
        two(out, t.getDayOfMonth()).append(' ');
        two(out, t.getHour()).append(':');
        two(out, t.getMinute()).append(':');
        return two(out, t.getSecond()).toString();
    }

    private static StringBuilder two(StringBuilder out, int value) {
        return out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** Permission bits as {@code ls} writes them, without the type: {@code rwxr-xr-x}. */
    public static String mode(int bits) {
        var out = new char[9];
        for (int i = 0; i < 9; i++) {
            out[i] = (bits & 1 << 8 - i) == 0 ? '-' : MODE[i];
        }
        special(out, 2, bits & 04000, 's');
        special(out, 5, bits & 02000, 's');
        special(out, 8, bits & 01000, 't');
        return new String(out);
    }

    private static void special(char[] out, int at, int set, char letter) {
        if (set != 0) {
            out[at] = out[at] == '-' ? Character.toUpperCase(letter) : letter;
        }
    }

    /** Permission bits as four octal digits. */
    public static String octal(int bits) {
        var text = Integer.toOctalString(bits & 07777);
        return "0000".substring(text.length()) + text;
    }
}
