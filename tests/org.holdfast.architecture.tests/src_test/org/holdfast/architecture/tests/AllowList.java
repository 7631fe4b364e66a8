package org.holdfast.architecture.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Places where a banned call is right. A line of the list is {@code bundle/path | text in the line | reason}; entries
 * that match nothing any more are an error, so the list only holds what is true.
 */
final class AllowList {

    private record Entry(String file, String text, String reason) {
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> used = new ArrayList<>();

    AllowList(String lines) {
        lines.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split("\\s*\\|\\s*", 3);
            if (parts.length < 3 || parts[2].length() < 10) {
                throw new IllegalArgumentException("An entry is 'bundle/path | text | reason': " + line);
            }
            entries.add(new Entry(parts[0], parts[1], parts[2]));
        });
    }

    static AllowList ofThisTree() {
        try (InputStream in = AllowList.class.getResourceAsStream("allowed-calls.txt")) {
            return new AllowList(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean allows(String place, String line) {
        String file = place.substring(0, place.lastIndexOf(':'));
        List<Entry> matching = entries.stream()
                .filter(entry -> entry.file().equals(file) && line.contains(entry.text()))
                .toList();
        used.addAll(matching);
        return !matching.isEmpty();
    }

    List<String> unused() {
        return entries.stream().filter(entry -> !used.contains(entry))
                .map(entry -> "allowed-calls.txt: nothing matches '" + entry.file() + " | " + entry.text() + "'")
                .toList();
    }
}
