package org.holdfast.cli.internal.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Table;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.protocol.common.Json;

/** How answers of a vault server are shown: as the JSON they came in, or as tables. */
final class Output {
    private Output() {
    }

    /** A list: JSON array or table. */
    static <T> void list(Invocation call, List<T> items, String none, String[] headings,
            Function<T, String[]> row) {
        if (call.json()) {
            value(call, items);
        } else if (items.isEmpty()) {
            call.err().println(none);
        } else {
            var table = new Table(headings);
            items.forEach(item -> table.row(row.apply(item)));
            table.print(call.out());
        }
    }

    /** A value as one line of JSON. */
    static void value(Invocation call, Object value) {
        call.out().println(Json.text(value));
    }

    /** What was done, unless nobody wants to know. */
    static void done(Invocation call, Object value, String words) {
        if (call.json()) {
            value(call, value);
        } else if (!call.quiet()) {
            call.out().println(words);
        }
    }

    /** A constant as people read it. */
    static String words(@Nullable Enum<?> constant) {
        return constant == null ? "-" : constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A moment in the person's time zone, or a dash. */
    static String time(Invocation call, @Nullable Instant time) {
        return time == null ? "-" : Units.time(time, call.zone());
    }

    /** A text, or a dash. */
    static String text(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }

    /** The beginning of an id that is long enough for people. */
    static String id(String id) {
        return id.length() <= 8 ? id : id.substring(0, 8);
    }
}
