package org.holdfast.console.ui;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

import org.eclipse.osgi.util.NLS;

/** Sizes, counts and times as people of a locale and a time zone read them. */
public final class Formats {
    private static final String[] UNITS = { "B", "kB", "MB", "GB", "TB", "PB", "EB" };

    private final Locale locale;
    private final ZoneId zone;
    private final DateTimeFormatter date;
    private final DateTimeFormatter dateTime;
    private final DateTimeFormatter precise;

    /** Formats of a locale and zone. */
    public Formats(Locale locale, ZoneId zone) {
        this.locale = locale;
        this.zone = zone;
        this.date = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).withZone(zone);
        this.dateTime = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale).withZone(zone);
        this.precise = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.LONG).withLocale(locale)
                .withZone(zone);
    }

    /** Formats of this computer. */
    public static Formats local() {
        return new Formats(Locale.getDefault(Locale.Category.FORMAT), ZoneId.systemDefault());
    }

    /** The zone times are told in. */
    public ZoneId zone() {
        return zone;
    }

    /** The locale. */
    public Locale locale() {
        return locale;
    }

    /** Bytes in decimal units with at most three digits that count: 999 B, 1.2 kB, 640 MB. */
    public String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(unit > 0 && value < 99.95 ? 1 : 0);
        return format.format(value) + ' ' + UNITS[unit];
    }

    /** A number with its groups of three. */
    public String count(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** All of the bytes. */
    public String exactSize(long bytes) {
        return NLS.bind(Messages.format_bytes, count(bytes));
    }

    /** A date with the time to the minute. */
    public String time(Instant time) {
        return dateTime.format(time);
    }

    /** A date alone. */
    public String date(Instant time) {
        return date.format(time);
    }

    /** A date with weekday, seconds and zone, for tool tips. */
    public String preciseTime(Instant time) {
        return precise.format(time);
    }

    /** How long something takes or took, in its two largest units. */
    public String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return NLS.bind(Messages.format_seconds, count(Math.max(seconds, duration.isZero() ? 0 : 1)));
        }
        if (seconds < 3600) {
            return NLS.bind(Messages.format_minutes, seconds / 60, seconds % 60);
        }
        return NLS.bind(Messages.format_hours, count(seconds / 3600), seconds / 60 % 60);
    }

    /** Bytes a second. */
    public String rate(double bytesPerSecond) {
        return NLS.bind(Messages.format_rate, size(Math.round(bytesPerSecond)));
    }
}
