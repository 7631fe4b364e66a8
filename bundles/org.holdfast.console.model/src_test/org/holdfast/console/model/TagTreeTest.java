package org.holdfast.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class TagTreeTest {
    @Test
    void valuesStandBelowTheirKey() {
        List<TagTree.Node> tree = TagTree.of(List.of(List.of("site:osaka", "critical"), List.of("site:berlin"),
                List.of("site:osaka", "tier=db"), List.of("Night", "site:")), tags -> tags);
        assertEquals(List.of("critical", "Night", "site", "site:", "tier"),
                tree.stream().map(TagTree.Node::label).toList());
        TagTree.Node site = tree.get(2);
        assertEquals(3, site.count());
        assertEquals(List.of("berlin", "osaka"), site.children().stream().map(TagTree.Node::label).toList());
        assertEquals(2, site.children().get(1).count());
        assertTrue(site.holds(List.of("site:berlin")));
        assertFalse(site.holds(List.of("critical")));
    }

    @Test
    void aRowCountsOnceForAKey() {
        List<TagTree.Node> tree = TagTree.of(List.of(List.of("site:osaka", "site:berlin", "site")), tags -> tags);
        assertEquals(2, tree.getFirst().count(), "once for the key, once for the word of the same name");
        assertEquals(1, tree.size());
    }
}
