package org.holdfast.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happened, in order: as a number that tells two runs apart, and in words when somebody wants to read them. */
final class Trace {
    private static final Pattern LONG_NAME = Pattern.compile("[0-9a-f]{32,64}");

    private final boolean words;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private long hash = 1;

    /** @param words whether to keep them, which takes time */
    Trace(boolean words) {
        this.words = words;
    }

    /** A step. */
    void add(long millis, String who, String what, String detail, Object outcome) {
        hash = 31 * hash + millis;
        hash = 31 * hash + who.hashCode();
        hash = 31 * hash + what.hashCode();
        hash = 31 * hash + detail.hashCode();
        hash = 31 * hash + (outcome == null ? 0 : outcome.toString().hashCode());
        if (words) {
            lines.add("%5d %s %-8s %s %s -> %s".formatted(lines.size() + 1, time(millis), who, what, brief(detail),
                    brief(String.valueOf(outcome))));
        }
    }

    private static String time(long millis) {
        return "%d:%02d:%02d:%02d.%03d".formatted(millis / 86_400_000, millis / 3_600_000 % 24, millis / 60_000 % 60,
                millis / 1000 % 60, millis % 1000);
    }

    /** Hashes by numbers, so that a person can follow them. */
    String brief(String text) {
        Matcher matcher = LONG_NAME.matcher(text);
        // An id of a point is the first half of its name.
        return matcher.replaceAll(found -> names.computeIfAbsent(found.group().substring(0, 32),
                key -> "#" + (names.size() + 1)));
    }

    /** Different for runs that went differently. */
    long hash() {
        return hash;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
