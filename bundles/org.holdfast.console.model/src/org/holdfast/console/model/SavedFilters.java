package org.holdfast.console.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.holdfast.protocol.common.Json;

/**
 * Filters that a person gave a name, as one text for the settings of a part.
 *
 * @param filters in the order they were saved; names are unique
 */
public record SavedFilters(List<Filter> filters) {
    /**
     * A filter with a name.
     *
     * @param name what it is called
     * @param text as typed
     * @param chips ids of the pressed chips
     */
    public record Filter(String name, String text, Set<String> chips) {
        /** Copies; what is missing is empty. */
        public Filter {
            name = name == null ? "" : name;
            text = text == null ? "" : text;
            chips = chips == null ? Set.of() : Set.copyOf(chips);
        }
    }

    /** Copies; what is missing is empty. */
    public SavedFilters {
        filters = filters == null ? List.of() : List.copyOf(filters);
    }

    /** From the settings; none when they cannot be understood. */
    public static SavedFilters of(String text) {
        try {
            return text.isBlank() ? new SavedFilters(List.of()) : Json.read(text, SavedFilters.class);
        } catch (IOException e) {
            return new SavedFilters(List.of());
        }
    }

    /** With another one, which replaces one of the same name. */
    public SavedFilters with(Filter filter) {
        List<Filter> next = new ArrayList<>(without(filter.name()).filters());
        next.add(filter);
        return new SavedFilters(next);
    }

    /** Without one. */
    public SavedFilters without(String name) {
        return new SavedFilters(filters.stream().filter(f -> !f.name().equals(name)).toList());
    }

    /** For the settings. */
    public String text() {
        return Json.text(this);
    }
}
