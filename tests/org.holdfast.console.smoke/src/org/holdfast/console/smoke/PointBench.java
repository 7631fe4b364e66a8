package org.holdfast.console.smoke;

import java.util.Map;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Formats;

/**
 * A recovery point of a real agent, over the wire: {@code deep} with folders of folders of files, {@code wide} with as
 * many files in one folder. Their numbers are the settings {@code folders} (at each level, and files in the last) and
 * {@code wide}.
 */
final class PointBench {
    private static final String RECOVER = "org.holdfast.console.recovery.recoverServer";
    private static final String STATUS = "browse.status";
    private static final String PATH = "browse.path";

    private final Screen screen;
    private final Hands hands;
    private final EventTimes times;
    private final BenchControl control;
    private final int folders = Integer.parseInt(FleetBench.setting("folders"));
    private final int wide = Integer.parseInt(FleetBench.setting("wide"));
    private Tree tree;

    PointBench(Screen screen, Hands hands, EventTimes times, BenchControl control) {
        this.screen = screen;
        this.hands = hands;
        this.times = times;
        this.control = control;
    }

    void measure() throws Exception {
        hands.perspective("org.holdfast.console.recovery.perspective");
        openPoint();
        hands.ask(this::clear);
        TreeItem root = hands.ask(() -> tree.getItem(0));
        TreeItem deep = child(root, "deep");
        expandAll(deep);
        TreeItem large = child(root, "wide");
        String all = Formats.local().count(wide);
        control.millis("choose-wide", choose(large, "wide", () -> hands.label(STATUS).contains(all)));
        control.millis("expand-wide", times.after(() -> expand(large),
                () -> large.getItemCount() == 0 || large.getItem(0).getText().contains(all), 60));
        scroll();
        filter();
        control.longest("point", hands.ask(times::busy));
        search();
    }

    private void openPoint() throws Exception {
        screen.display().asyncExec(() -> Commands.run(RECOVER, Map.of(RECOVER + ".server",
                FleetBench.setting("server"))));
        hands.type("server.secret", Hands.read(FleetBench.setting("passphrase")));
        long start = System.nanoTime();
        hands.press("server.ok");
        hands.gone("server.ok", 120);
        hands.until("the contents", 60, () -> hands.count("browse.table") > 0);
        control.millis("open-point", System.nanoTime() - start);
        tree = hands.find("browse.tree", Tree.class);
        hands.until("the folders", 60, () -> tree.getItemCount() == 1 && tree.getItem(0).getItemCount() == 2);
    }

    private TreeItem child(TreeItem parent, String name) {
        hands.until(name, 60, () -> parent.getItemCount() > 0);
        return hands.ask(() -> {
            for (int i = 0; i < parent.getItemCount(); i++) {
                if (parent.getItem(i).getText().equals(name)) {
                    return parent.getItem(i);
                }
            }
            throw new IllegalStateException("there is no folder " + name);
        });
    }

    /** A click on the arrow of a folder. */
    private void expand(TreeItem item) {
        item.setExpanded(true);
        var event = new Event();
        event.item = item;
        tree.notifyListeners(SWT.Expand, event);
    }

    private void expandAll(TreeItem deep) {
        long[] expanded = new long[20];
        long[] chosen = new long[expanded.length];
        BooleanSupplier there = () -> deep.getItemCount() == folders;
        long first = times.after(() -> expand(deep), there, 60);
        for (int i = 0; i < expanded.length; i++) {
            int number = i * folders / expanded.length;
            TreeItem item = hands.ask(() -> deep.getItem(number));
            expanded[i] = times.after(() -> expand(item), () -> item.getItemCount() == folders, 60);
            TreeItem below = hands.ask(() -> item.getItem(folders / 2));
            String name = hands.ask(below::getText);
            chosen[i] = choose(below, name, () -> hands.count("browse.table") == folders);
            hands.ask(() -> {
                item.setExpanded(false);
                return true;
            });
            FleetBench.pause(300); // the selection goes to the folder that is closed, a little later
        }
        long most = first;
        long mostChosen = 0;
        for (int i = 0; i < expanded.length; i++) {
            most = Math.max(most, expanded[i]);
            mostChosen = Math.max(mostChosen, chosen[i]);
        }
        control.millis("expand", most);
        control.millis("expand-median", FleetBench.median(expanded));
        control.millis("choose", mostChosen);
    }

    private long choose(TreeItem item, String name, BooleanSupplier there) {
        return times.after(() -> {
            tree.setSelection(item);
            var event = new Event();
            event.item = item;
            tree.notifyListeners(SWT.Selection, event);
        }, () -> hands.label(PATH).endsWith('/' + name) && there.getAsBoolean(), 60);
    }

    /** Through the folder of very many files, as far as the widget has them. */
    private void scroll() {
        Table table = hands.find("browse.table", Table.class);
        int rows = hands.ask(table::getItemCount);
        hands.ask(this::clear);
        for (int i = 0; i < 100; i++) {
            int top = (int) ((long) i * rows / 100);
            hands.ask(() -> {
                table.setTopIndex(top);
                return true;
            });
            FleetBench.pause(25);
        }
        control.longest("wide-scroll", hands.ask(times::busy));
    }

    private void filter() {
        Text field = hands.find("browse.filter", Text.class);
        String last = String.format("row-%07d", wide - 1);
        control.millis("wide-filter", times.after(() -> field.setText(last),
                () -> hands.count("browse.table") == 1, 120));
        hands.type("browse.filter", "");
    }

    private void search() {
        hands.view("org.holdfast.console.recovery.search");
        hands.type("search.pattern", String.format("file-%07d*", folders * folders * folders / 2));
        Button start = hands.find("search.start", Button.class);
        String idle = hands.ask(start::getText);
        hands.ask(this::clear);
        long began = System.nanoTime();
        hands.press("search.start");
        hands.until("it is found", 120, () -> hands.count("search.table") == 1);
        control.millis("search-found", System.nanoTime() - began);
        hands.until("all is searched", 120, () -> start.getText().equals(idle));
        control.millis("search", System.nanoTime() - began);
        control.longest("search", hands.ask(times::busy));
    }

    private boolean clear() {
        times.clear();
        return true;
    }
}
