package org.holdfast.console.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

import org.holdfast.console.client.Observers;

/**
 * Rows that are filtered by text, by chips (several pressed ones are alternatives) and by a scope, counted and sorted
 * on a model thread; the result is handed over on the user interface's. While it works for an older wish only the
 * newest one is kept, so typing never queues up. Thread-safe.
 *
 * @param <T> what rows show
 */
public final class ListModel<T> {
    private record Wish<T>(List<T> all, String text, Set<String> pressed, String scopeName, Predicate<T> scope,
            Comparator<T> order) {
    }

    private final Executor model;
    private final Executor ui;
    private final List<Chip<T>> chips;
    private final Function<T, String> lowerCaseText;
    private final Observers<ListView<T>> changes = new Observers<>();
    private Wish<T> wish;
    private boolean working;
    private boolean again;
    private volatile ListView<T> view = ListView.empty();

    /**
     * @param model where rows are filtered, one after the other or not
     * @param ui where observers are told
     * @param chips in the order they are shown
     * @param lowerCaseText what the text filter searches in a row; in lower case
     * @param order of the rows at first
     */
    public ListModel(Executor model, Executor ui, List<Chip<T>> chips, Function<T, String> lowerCaseText,
            Comparator<T> order) {
        this.model = model;
        this.ui = ui;
        this.chips = List.copyOf(chips);
        this.lowerCaseText = lowerCaseText;
        wish = new Wish<>(List.of(), "", Set.of(), "", row -> true, order);
    }

    /** What is shown now. */
    public ListView<T> view() {
        return view;
    }

    /** Told on the user interface's thread after what is shown has changed. */
    public Observers<ListView<T>> changes() {
        return changes;
    }

    /** Replaces the rows; the list is not changed afterwards. */
    public void setRows(List<T> all) {
        change(w -> new Wish<>(all, w.text, w.pressed, w.scopeName, w.scope, w.order));
    }

    /** Filters by what a person types, see {@link TextFilter}. */
    public void setText(String text) {
        change(w -> new Wish<>(w.all, text, w.pressed, w.scopeName, w.scope, w.order));
    }

    /** Presses a chip, or releases it. */
    public void press(String chip, boolean down) {
        change(w -> {
            Set<String> next = new LinkedHashSet<>(w.pressed);
            if (down) {
                next.add(chip);
            } else {
                next.remove(chip);
            }
            return new Wish<>(w.all, w.text, next, w.scopeName, w.scope, w.order);
        });
    }

    /** Leaves only rows of a scope, such as a tag. */
    public void setScope(String name, Predicate<T> scope) {
        change(w -> new Wish<>(w.all, w.text, w.pressed, name, scope, w.order));
    }

    /** Sorts otherwise. */
    public void setOrder(Comparator<T> order) {
        change(w -> new Wish<>(w.all, w.text, w.pressed, w.scopeName, w.scope, order));
    }

    /** Sets text and chips together, as a saved filter does. */
    public void apply(String text, Set<String> pressed) {
        Set<String> copy = new LinkedHashSet<>(pressed);
        change(w -> new Wish<>(w.all, text, copy, w.scopeName, w.scope, w.order));
    }

    /** Takes all filters and the scope away. */
    public void clear() {
        change(w -> new Wish<>(w.all, "", Set.of(), "", row -> true, w.order));
    }

    private void change(Function<Wish<T>, Wish<T>> how) {
        synchronized (this) {
            wish = how.apply(wish);
            if (working) {
                again = true;
                return;
            }
            working = true;
        }
        model.execute(this::work);
    }

    private void work() {
        boolean more = true;
        while (more) {
            Wish<T> now;
            synchronized (this) {
                now = wish;
                again = false;
            }
            ListView<T> next = compute(now);
            synchronized (this) {
                more = again;
                working = more;
                if (!more) {
                    view = next;
                }
            }
            if (!more) {
                ui.execute(() -> {
                    if (view == next) {
                        changes.fire(next);
                    }
                });
            }
        }
    }

    private ListView<T> compute(Wish<T> now) {
        TextFilter text = TextFilter.of(now.text);
        Map<String, Integer> counts = new LinkedHashMap<>();
        chips.forEach(chip -> counts.put(chip.id(), 0));
        List<Chip<T>> down = chips.stream().filter(chip -> now.pressed.contains(chip.id())).toList();
        List<T> rows = new ArrayList<>();
        int[] hits = new int[chips.size()];
        int total = 0;
        for (T row : now.all) {
            boolean hidden = chips.stream().anyMatch(chip -> chip.apart() && !down.contains(chip)
                    && chip.test().test(row));
            total += hidden ? 0 : 1;
            if (!now.scope.test(row) || !text.isEmpty() && !text.matchesLowerCase(lowerCaseText.apply(row))) {
                continue;
            }
            for (int i = 0; i < hits.length; i++) {
                hits[i] += chips.get(i).test().test(row) ? 1 : 0;
            }
            if (!hidden && (down.isEmpty() || down.stream().anyMatch(chip -> chip.test().test(row)))) {
                rows.add(row);
            }
        }
        for (int i = 0; i < hits.length; i++) {
            counts.put(chips.get(i).id(), hits[i]);
        }
        rows.sort(now.order);
        return new ListView<>(List.copyOf(rows), total, Map.copyOf(counts), Set.copyOf(now.pressed), now.text,
                now.scopeName);
    }
}
