package org.holdfast.cli.internal.azure;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Table;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.protocol.common.Json;

/** Lists as tables or as JSON. */
final class Lists {
    private Lists() {
    }

    static <T> int print(Invocation call, List<T> items, String none, String[] headings, Function<T, String[]> row) {
        if (call.json()) {
            call.out().println(Json.text(items));
        } else if (items.isEmpty()) {
            call.err().println(none);
        } else {
            var table = new Table(headings);
            items.forEach(item -> table.row(row.apply(item)));
            table.print(call.out());
        }
        return Command.DONE;
    }

    static String time(Invocation call, @Nullable Instant time) {
        return time == null ? "-" : Units.time(time, call.zone());
    }

    static String text(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
