package org.holdfast.console.policies.internal;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;

/** Lists as people type them: values with commas or blanks between. */
final class Lists {
    private Lists() {
    }

    /** The values. */
    static List<String> split(String text) {
        return Arrays.stream(text.split("[\\s,;\u3001]+")).filter(Predicate.not(String::isEmpty)).toList();
    }

    /** Times of day such as {@code 22:00, 4:30, 7}; null when one is none. */
    static @Nullable List<LocalTime> times(String text) {
        try {
            return split(text).stream().map(Lists::time).toList();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalTime time(String text) {
        String time = text.contains(":") ? text : text + ":00";
        return LocalTime.parse(time.indexOf(':') == 1 ? '0' + time : time);
    }

    /** Times of day as they are typed. */
    static String text(List<LocalTime> times) {
        return times.stream().map(LocalTime::toString).collect(Collectors.joining(", "));
    }

    /** A list that may be missing. */
    static List<String> safe(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
