package org.holdfast.console.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a list shows at a moment; never changes.
 *
 * @param <T> what rows show
 * @param rows what the filters leave, sorted
 * @param total rows without any filter
 * @param counts for each chip how many rows it would leave together with the other filters
 * @param pressed ids of the chips that are pressed
 * @param text the filter as typed
 * @param scope what the scope is called, empty for everything
 */
public record ListView<T>(List<T> rows, int total, Map<String, Integer> counts, Set<String> pressed, String text,
        String scope) {
    /** Nothing. */
    public static <T> ListView<T> empty() {
        return new ListView<>(List.of(), 0, Map.of(), Set.of(), "", "");
    }

    /** Whether any filter holds. */
    public boolean isFiltered() {
        return !text.isBlank() || !pressed.isEmpty() || !scope.isEmpty();
    }
}
