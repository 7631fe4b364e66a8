package org.holdfast.console.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a person types to find rows: words that all have to be there, in any order and anywhere, whatever the case; a
 * minus in front of a word means that it must not be there.
 *
 * @param words in lower case
 */
public record TextFilter(List<String> words) {
    /** Leaves everything. */
    public static final TextFilter NONE = new TextFilter(List.of());

    /** Copies. */
    public TextFilter {
        words = List.copyOf(words);
    }

    /** As typed. */
    public static TextFilter of(String text) {
        return new TextFilter(Arrays.stream(text.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .filter(word -> !word.isEmpty() && !word.equals("-")).toList());
    }

    /** Whether everything is left. */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** Whether a text is left. */
    public boolean matches(String text) {
        return matchesLowerCase(text.toLowerCase(Locale.ROOT));
    }

    /** Whether a text that is in lower case already is left. */
    public boolean matchesLowerCase(String text) {
        for (String word : words) {
            boolean not = word.charAt(0) == '-';
            if (text.contains(not ? word.substring(1) : word) == not) {
                return false;
            }
        }
        return true;
    }

    /** The same for things that have a text. */
    public <T> Predicate<T> on(Function<T, String> lowerCaseText) {
        return isEmpty() ? row -> true : row -> matchesLowerCase(lowerCaseText.apply(row));
    }
}
