package org.holdfast.console.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Rows by their tags: a tag of the form {@code key=value} or {@code key:value} stands below its key, any other one for
 * itself.
 */
public final class TagTree {
    /**
     * A place in the tree.
     *
     * @param label what it is called here
     * @param tag the whole tag, empty for a key that has only values
     * @param count rows that have the tag, or any tag of the key
     * @param children values of a key
     */
    public record Node(String label, String tag, int count, List<Node> children) {
        /** Copies. */
        public Node {
            children = List.copyOf(children);
        }

        /** Whether a row with these tags belongs here. */
        public boolean holds(Collection<String> tags) {
            return !tag.isEmpty() && tags.contains(tag) || children.stream().anyMatch(child -> child.holds(tags));
        }
    }

    private TagTree() {
    }

    /** The tree of some rows, in the order of the alphabet. */
    public static <T> List<Node> of(Collection<T> rows, Function<T, ? extends Collection<String>> tags) {
        Map<String, Integer> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER.thenComparing(s -> s));
        Map<String, Map<String, Integer>> keyed = new TreeMap<>(
                String.CASE_INSENSITIVE_ORDER.thenComparing(s -> s));
        Map<String, Integer> keyCounts = new LinkedHashMap<>();
        for (T row : rows) {
            List<String> keys = tags.apply(row).stream().distinct().map(tag -> {
                String key = key(tag);
                if (key.isEmpty()) {
                    plain.merge(tag, 1, Integer::sum);
                } else {
                    keyed.computeIfAbsent(key, k -> new TreeMap<>(
                            String.CASE_INSENSITIVE_ORDER.thenComparing(s -> s))).merge(tag, 1, Integer::sum);
                }
                return key;
            }).filter(key -> !key.isEmpty()).distinct().toList();
            keys.forEach(key -> keyCounts.merge(key, 1, Integer::sum));
        }
        Map<String, Node> nodes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER.thenComparing(s -> s));
        keyed.forEach((key, values) -> nodes.put(key, new Node(key, "", keyCounts.getOrDefault(key, 0),
                values.entrySet().stream().map(v -> new Node(v.getKey().substring(key.length() + 1), v.getKey(),
                        v.getValue(), List.of())).toList())));
        plain.forEach((tag, count) -> nodes.merge(tag, new Node(tag, tag, count, List.of()),
                (key, own) -> new Node(tag, tag, key.count() + count, key.children())));
        return List.copyOf(nodes.values());
    }

    private static String key(String tag) {
        int at = tag.indexOf('=') > 0 ? tag.indexOf('=') : tag.indexOf(':');
        return at > 0 && at < tag.length() - 1 ? tag.substring(0, at) : "";
    }
}
