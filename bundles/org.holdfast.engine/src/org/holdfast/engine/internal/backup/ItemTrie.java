package org.holdfast.engine.internal.backup;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.Arrays;

import org.holdfast.api.RawPath;

/** The items of a backup as a tree below their nearest common parent. */
final class ItemTrie {
    private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

    private final TreeMap<byte[], ItemTrie> children = new TreeMap<>(BYTES);
    private boolean item;

    private ItemTrie() {
    }

    /**
     * Items and their base.
     *
     * @param base directory all items are below
     * @param items items without those inside others, sorted
     * @param root the tree
     */
    record Plan(RawPath base, List<RawPath> items, ItemTrie root) {
    }

    /** Whether everything here is to be backed up. */
    boolean isItem() {
        return item;
    }

    /** Entries on the way to items. */
    TreeMap<byte[], ItemTrie> children() {
        return children;
    }

    /** Paths of all items from here on. */
    void items(RawPath here, List<RawPath> into) {
        if (item) {
            into.add(here);
        }
        children.forEach((name, child) -> child.items(here.child(name), into));
    }

    /** Sorts items, drops those inside others and finds the base: the nearest directory that is above all of them. */
    static Plan plan(List<RawPath> items) {
        List<RawPath> sorted = items.stream().distinct().sorted().toList();
        List<RawPath> tops = sorted.stream()
                .filter(p -> sorted.stream().noneMatch(q -> !q.equals(p) && p.startsWith(q))).toList();
        RawPath base = tops.getFirst().parent();
        for (RawPath item : tops) {
            while (!(item.parent().startsWith(base))) {
                base = base.parent();
            }
        }
        var root = new ItemTrie();
        for (RawPath item : tops) {
            ItemTrie node = root;
            for (byte[] segment : item.relativeTo(base).segments()) {
                node = node.children.computeIfAbsent(segment, k -> new ItemTrie());
            }
            node.item = true;
        }
        return new Plan(base, tops, root);
    }
}
