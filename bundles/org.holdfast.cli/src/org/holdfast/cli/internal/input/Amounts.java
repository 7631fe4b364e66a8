package org.holdfast.cli.internal.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** Sizes, numbers and dates as people type them. */
public final class Amounts {
    private static final String UNITS = "kmgtp";

    private Amounts() {
    }

    /**
     * A size: a number with an optional fraction and unit. K, M, G, T and P (also KiB, MiB, ...) count in 1024s, KB,
     * MB, ... in 1000s.
     */
    public static long size(String option, String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < lower.length() && (Character.isDigit(lower.charAt(end)) || lower.charAt(end) == '.')) {
            end++;
        }
        double factor = factor(lower.substring(end).strip());
        try {
            double value = Double.parseDouble(lower.substring(0, end)) * factor;
            if (factor > 0 && value <= Long.MAX_VALUE) {
                return (long) value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw invalid(option, text, "a size such as 500K, 10M or 1.5GB");
    }

    private static double factor(String unit) {
        if (unit.isEmpty() || unit.equals("b")) {
            return 1;
        }
        int power = UNITS.indexOf(unit.charAt(0)) + 1;
        return switch (power == 0 ? "?" : unit.substring(1)) {
            case "", "ib" -> Math.pow(1024, power);
            case "b" -> Math.pow(1000, power);
            default -> -1;
        };
    }

    /** A whole number in a range. */
    public static int number(String option, String text, int min, int max) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw invalid(option, text, max == Integer.MAX_VALUE ? "a whole number of at least " + min
                : "a whole number from " + min + " to " + max);
    }

    /**
     * A point in time: a date ({@code 2027-01-31}), a local date and time ({@code 2027-01-31T12:00}), one with an
     * offset ({@code ...Z}, {@code ...+09:00}), or a span of days, weeks, months or years from now ({@code 30d},
     * {@code 6w}, {@code 3m}, {@code 1y}).
     *
     * @param endOfDay whether a bare date means its end rather than its start
     * @param sign 1 when a span lies in the future, -1 when it lies in the past
     */
    public static Instant time(String option, String text, ZonedDateTime now, boolean endOfDay, int sign) {
        var given = text.strip();
        ZoneId zone = now.getZone();
        try {
            if (given.matches("[0-9]{1,5}[dwmyDWMY]")) {
                long count = (long) sign * Integer.parseInt(given.substring(0, given.length() - 1));
                return switch (Character.toLowerCase(given.charAt(given.length() - 1))) {
                    case 'd' -> now.plusDays(count).toInstant();
                    case 'w' -> now.plusWeeks(count).toInstant();
                    case 'm' -> now.plusMonths(count).toInstant();
                    default -> now.plusYears(count).toInstant();
                };
            }
            if (given.length() == 10) {
                return LocalDate.parse(given).plusDays(endOfDay ? 1 : 0).atStartOfDay(zone).toInstant();
            }
            var iso = given.replace(' ', 'T');
            return iso.matches(".*T.*([zZ]|[+-][0-9:]+)") ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw invalid(option, text, "a date such as 2027-01-31, 2027-01-31T12:00 or 30d");
        }
    }

    private static HoldfastException invalid(String option, String text, String wanted) {
        return new HoldfastException(Problem.INVALID_REQUEST, "Invalid value for " + option + ": '" + text + "'.",
                "Give " + wanted + ".");
    }
}
