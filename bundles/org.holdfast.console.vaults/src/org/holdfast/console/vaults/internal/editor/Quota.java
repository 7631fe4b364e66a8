package org.holdfast.console.vaults.internal.editor;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;

/** What a vault may take up, as people write it: {@code 500 GB}, {@code 2.5 TB}, {@code 4 TiB}; empty for no limit. */
final class Quota {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}(?:[.,]\\d{1,3})?)\\s*([kmgtp]?i?b?)",
            Pattern.CASE_INSENSITIVE);
    private static final List<String> UNITS = List.of("", "k", "m", "g", "t", "p");

    private Quota() {
    }

    /**
     * Reads it.
     *
     * @return bytes, or null for no limit
     * @throws IllegalArgumentException when it is neither
     */
    static @Nullable Long parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        Matcher m = TEXT.matcher(text.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException(text);
        }
        String unit = m.group(2).toLowerCase(Locale.ROOT).replace("b", "");
        boolean binary = unit.endsWith("i");
        int power = UNITS.indexOf(binary ? unit.substring(0, unit.length() - 1) : unit);
        try {
            long bytes = new BigDecimal(m.group(1).replace(',', '.'))
                    .multiply(BigDecimal.valueOf(binary ? 1024 : 1000).pow(power)).toBigInteger().longValueExact();
            if (bytes < 1) {
                throw new IllegalArgumentException(text);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Writes it so that reading gives the same number. */
    static String text(@Nullable Long bytes) {
        if (bytes == null) {
            return "";
        }
        long value = bytes;
        int power = 0;
        while (power < UNITS.size() - 1 && value % 1000 == 0) {
            value /= 1000;
            power++;
        }
        return value + " " + List.of("B", "kB", "MB", "GB", "TB", "PB").get(power);
    }
}
