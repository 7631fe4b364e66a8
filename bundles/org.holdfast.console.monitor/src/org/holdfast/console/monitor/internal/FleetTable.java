package org.holdfast.console.monitor.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.model.Chip;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.ChipBar;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.RowList;
import org.holdfast.console.ui.Ui;

/**
 * Rows of one kind of all vault servers: a filter, chips and room for actions above a virtual table.
 *
 * @param <T> what a row shows
 */
final class FleetTable<T> {
    private static final int AGE_REFRESH_MILLIS = 30_000;

    /**
     * What a table shows.
     *
     * @param id first part of the ids of its widgets
     * @param nothing shown when there is nothing of the kind
     * @param filter hint of the filter
     * @param count text with the number of rows
     * @param countFiltered text with the number of rows that filters leave, and of all
     * @param name accessible name of the table
     * @param chips what the chips leave
     * @param items what they are called
     * @param columns from left to right
     * @param searched what the filter looks at, in lower case
     * @param explain tool tip of a row
     * @param key names the same thing in older and newer rows of one vault server
     */
    record Look<T>(String id, FleetPanel.Nothing nothing, String filter, String count, String countFiltered,
            String name, List<Chip<Row<T>>> chips, List<ChipBar.Item> items, List<Sorted<T>> columns,
            Function<Row<T>, String> searched, Function<Row<T>, String> explain, Function<T, String> key) {
    }

    private final Look<T> look;
    private final RowList<T> list;
    private ChipBar chips;
    private Composite actions;
    private Composite footer;
    private Composite scope;
    private Label scopeName;
    private Predicate<Row<T>> scopeTest = row -> true;

    /**
     * @param order column that decides the order at first
     * @param of which list of a vault server
     */
    FleetTable(Composite parent, MonitorSite site, Look<T> look, String order, boolean descending,
            Function<LiveFleet, LiveList<T>> of) {
        this.look = look;
        list = new RowList<>(parent, new RowList.Kind<>(look.id(), of, look.chips(), look.searched(),
                order(order, descending), look.key()), look.nothing(), this::clearFilters);
        build(list.content());
        table().showOrder(order, descending);
        list.start(site.connections(), now -> () -> {
        }, next -> {
            chips.show(next);
            showScope(next.scope());
        });
        Ui.after(AGE_REFRESH_MILLIS, list.panel(), this::tick);
    }

    private void build(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 4));
        body.setLayoutData(Ui.fill());
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(3));
        top.setLayoutData(Ui.wide());
        list.makeFilter(top, look.filter());
        list.makeCount(top, look.count(), look.countFiltered());
        actions = new Composite(top, SWT.NONE);
        var line = new RowLayout(SWT.HORIZONTAL);
        line.marginTop = 0;
        line.marginBottom = 0;
        line.center = true;
        actions.setLayout(line);
        chips = new ChipBar(body, look.id() + ".chips", look.items(), list.model()::press);
        chips.control().setLayoutData(Ui.wide());
        buildScope(body);
        list.makeTable(body, SWT.MULTI, look.name(), look.columns().stream().map(Sorted::column).toList())
                .toolTip(look.explain()).onSort((column, descending) -> {
                    list.model().setOrder(order(column, descending));
                    return true;
                });
        footer = body;
    }

    /** Says what is left besides what chips and filter leave, with a way back to all. */
    private void buildScope(Composite body) {
        scope = Ui.id(new Composite(body, SWT.NONE), look.id() + ".scope");
        scope.setLayout(Ui.grid(3));
        var data = Ui.wide();
        data.exclude = true;
        scope.setLayoutData(data);
        scope.setVisible(false);
        new Label(scope, SWT.NONE).setImage(Icon.SEARCH.image());
        scopeName = Ui.id(new Label(scope, SWT.NONE), look.id() + ".scopeName");
        scopeName.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
        Ui.button(scope, look.id() + ".scopeAll", Messages.scope_all, () -> {
            setScope("", row -> true);
            table().enter();
        }).setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, true, false));
    }

    private void setScope(String name, Predicate<Row<T>> test) {
        scopeTest = test;
        list.model().setScope(name, test);
    }

    private void showScope(String name) {
        boolean needed = !name.isEmpty();
        scopeName.setText(Ui.plain(NLS.bind(Messages.scope_showing, name)));
        if (scope.getVisible() != needed || needed) {
            scope.setVisible(needed);
            ((GridData) scope.getLayoutData()).exclude = !needed;
            scope.requestLayout();
            scope.getParent().layout();
        }
    }

    /**
     * Shows certain rows in place of what filters left before.
     *
     * @param text what the filter field says
     * @param pressed ids of chips
     * @param name what else is left, in words, empty for all
     * @param test which rows these are
     */
    void filter(String text, Set<String> pressed, String name, Predicate<Row<T>> test) {
        list.filter().show(text);
        list.model().apply(text, pressed);
        setScope(name, test);
    }

    private Comparator<Row<T>> order(String column, boolean descending) {
        Comparator<Row<T>> order = look.columns().stream().filter(c -> c.column().id().equals(column)).findFirst()
                .orElseThrow().order();
        return (descending ? order.reversed() : order).thenComparing(this::key);
    }

    /** The table. */
    DataTable<Row<T>> table() {
        return list.table();
    }

    /** Where buttons go, at the end of the first line. */
    Composite actions() {
        return actions;
    }

    /** Where more goes, below the table; has a grid layout of one column. */
    Composite footer() {
        return footer;
    }

    /** Told the selected rows, also when one of them has changed. */
    void onSelect(Consumer<List<Row<T>>> consumer) {
        table().onSelect(consumer);
    }

    private void tick() {
        table().rowsArrived();
        if (!list.view().scope().isEmpty()) {
            list.model().setScope(list.view().scope(), scopeTest); // it may depend on the time
        }
        Ui.after(AGE_REFRESH_MILLIS, list.panel(), this::tick);
    }

    private String key(Row<T> row) {
        return row.session().connection().id() + look.key().apply(row.value());
    }

    private void clearFilters() {
        list.clear();
    }

    /** Reads all lists anew. */
    void refresh() {
        list.refresh();
    }

    /** Gives the rows, or what stands in their place, the focus. */
    void focus() {
        list.focus();
    }

    /** Ends it. */
    void close() {
        list.close();
    }
}
