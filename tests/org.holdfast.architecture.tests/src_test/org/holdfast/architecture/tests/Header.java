package org.holdfast.architecture.tests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header: the paths (package or bundle names) with their attributes and directives, as in
 * OSGi Core 3.2.4. A directive is kept under its name with the colon, for example {@code visibility:}.
 */
record Header(List<String> names, Map<String, String> parameters) {

    static List<Header> parse(String value) {
        List<Header> clauses = new ArrayList<>();
        if (value == null || value.isBlank()) {
            return clauses;
        }
        for (String clause : split(value, ',')) {
            List<String> names = new ArrayList<>();
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String part : split(clause, ';')) {
                int equals = part.indexOf('=');
                if (equals < 0) {
                    names.add(part.strip());
                } else {
                    parameters.put(part.substring(0, equals).strip(), unquote(part.substring(equals + 1).strip()));
                }
            }
            clauses.add(new Header(List.copyOf(names), Map.copyOf(parameters)));
        }
        return clauses;
    }

    String name() {
        return names.getFirst();
    }

    private static String unquote(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
