package org.holdfast.console.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListModelTest {
    private final Deque<Runnable> modelThread = new ArrayDeque<>();
    private final Deque<Runnable> uiThread = new ArrayDeque<>();
    private final List<ListView<String>> told = new ArrayList<>();
    private ListModel<String> model;

    @BeforeEach
    void make() {
        model = new ListModel<>(modelThread::add, uiThread::add,
                List.of(Chip.<String>of("short", s -> s.length() < 4),
                        Chip.<String>of("green", s -> s.contains("green")),
                        Chip.<String>apart("old", s -> s.startsWith("old"))),
                s -> s.toLowerCase(Locale.ROOT), Comparator.naturalOrder());
        model.changes().add(told::add);
    }

    private void run() {
        while (!modelThread.isEmpty() || !uiThread.isEmpty()) {
            (modelThread.isEmpty() ? uiThread : modelThread).poll().run();
        }
    }

    @Test
    void filtersCountsAndSorts() {
        model.setRows(List.of("pear", "green apple", "fig", "Green pear", "old fig"));
        run();
        assertEquals(List.of("Green pear", "fig", "green apple", "pear"), model.view().rows());
        assertEquals(4, model.view().total());
        assertEquals(1, model.view().counts().get("old"));
        model.setText("PEAR");
        run();
        assertEquals(List.of("Green pear", "pear"), model.view().rows());
        assertEquals(0, model.view().counts().get("short"));
        model.setText("green -apple");
        run();
        assertEquals(List.of("Green pear"), model.view().rows());
        assertTrue(model.view().isFiltered());
    }

    @Test
    void pressedChipsAreAlternatives() {
        model.setRows(List.of("pear", "green apple", "fig", "old fig"));
        model.press("short", true);
        model.press("green", true);
        run();
        assertEquals(List.of("fig", "green apple"), model.view().rows());
        model.press("short", false);
        run();
        assertEquals(List.of("green apple"), model.view().rows());
        model.press("green", false);
        model.press("old", true);
        run();
        assertEquals(List.of("old fig"), model.view().rows());
        model.clear();
        run();
        assertEquals(3, model.view().rows().size());
        assertFalse(model.view().isFiltered());
    }

    @Test
    void countsFollowTheScope() {
        model.setRows(List.of("fig", "kiwi", "pea"));
        model.setScope("with i", s -> s.contains("i"));
        run();
        assertEquals(1, model.view().counts().get("short"));
        assertEquals("with i", model.view().scope());
    }

    @Test
    void onlyTheNewestWishIsWorkedOn() {
        model.setRows(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
        for (int i = 0; i < 50; i++) {
            model.setText(Integer.toString(i));
        }
        assertEquals(1, modelThread.size(), "wishes queue up");
        run();
        assertEquals(List.of("49"), model.view().rows());
        assertEquals(1, told.size(), "what nobody wants any more was shown");
    }

    @Test
    void aSavedFilterBringsTextAndChips() {
        var saved = SavedFilters.of("").with(new SavedFilters.Filter("mine", "e", Set.of("green")));
        var again = SavedFilters.of(saved.text());
        assertEquals(saved, again);
        model.setRows(List.of("pear", "green apple"));
        model.apply(again.filters().getFirst().text(), again.filters().getFirst().chips());
        run();
        assertEquals(List.of("green apple"), model.view().rows());
        assertEquals(List.of(), again.without("mine").filters());
        assertEquals(List.of(), SavedFilters.of("no json").filters());
    }
}
