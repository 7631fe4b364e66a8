package org.holdfast.console.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.holdfast.console.client.recover.RowSource;

/**
 * A virtual table over any number of rows. The widget itself never holds more than {@link #WINDOW} of them, because
 * GTK takes seconds to make a million rows even when none is shown; a bar below the table pages through the windows
 * when there are more. Selection is kept by value when rows change.
 *
 * @param <T> what a row shows
 */
public final class DataTable<T> {
    /** Most rows the widget holds at a time. */
    public static final int WINDOW = 20_000;

    private final List<Column<T>> columns;
    private final Composite composite;
    private final Table table;
    private final Composite pager;
    private final Label range;
    private final Button back;
    private final Button forth;
    private RowSource<T> source = none();
    private int first;
    private ToIntFunction<T> locate;
    private Function<T, String> toolTip;
    private Consumer<List<T>> selected = rows -> {
    };
    private Consumer<T> opened = row -> {
    };
    private BiPredicate<String, Boolean> sorter;
    private List<T> selection = List.of();
    private T wanted;
    private final TableFit fit;

    /**
     * Makes the table.
     *
     * @param style style bits besides those every table has
     * @param name accessible name
     */
    public DataTable(Composite parent, int style, String id, String name, List<Column<T>> columns) {
        this.columns = List.copyOf(columns);
        composite = new Composite(parent, SWT.NONE);
        composite.setLayout(Ui.grid(1));
        composite.setLayoutData(Ui.fill());
        table = Ui.name(Ui.id(new Table(composite, SWT.VIRTUAL | SWT.FULL_SELECTION | style), id), name);
        table.setLayoutData(Ui.fill());
        table.setHeaderVisible(true);
        for (Column<T> column : columns) {
            var widget = new TableColumn(table, column.style());
            widget.setText(column.title());
            widget.setWidth(Math.max(Ui.chars(table, column.chars()), Ui.header(table, column.title())));
            widget.setMoveable(false);
            widget.addListener(SWT.Selection, e -> headerClicked(widget, column));
        }
        fit = new TableFit(table, growing());
        pager = new Composite(composite, SWT.NONE);
        pager.setLayout(Ui.grid(3, 2));
        var hidden = Ui.wide();
        hidden.exclude = true;
        pager.setLayoutData(hidden);
        pager.setVisible(false);
        back = Ui.button(pager, id + ".back", Messages.table_back, () -> turn(first - WINDOW));
        forth = Ui.button(pager, id + ".forth", Messages.table_forth, () -> turn(first + WINDOW));
        range = Ui.id(new Label(pager, SWT.NONE), id + ".range");
        range.setLayoutData(Ui.wide());
        table.addListener(SWT.SetData, this::setData);
        table.addListener(SWT.Selection, e -> selectionChanged());
        table.addListener(SWT.DefaultSelection, e -> selection.stream().findFirst().ifPresent(opened));
        table.addListener(SWT.KeyDown, this::key);
        table.addListener(SWT.MouseHover, this::hover);
    }

    /** The widget. */
    public Table control() {
        return table;
    }

    /** Sets the layout data of the whole. */
    public void setLayoutData(GridData data) {
        composite.setLayoutData(data);
    }

    /** Told the selected rows, top down, when a person or {@link #select} changed them. */
    public DataTable<T> onSelect(Consumer<List<T>> consumer) {
        selected = consumer;
        return this;
    }

    /** Told the row that was opened by Enter or double click. */
    public DataTable<T> onOpen(Consumer<T> consumer) {
        opened = consumer;
        return this;
    }

    /** Asked to sort by a column, descending or not; says whether it could. */
    public DataTable<T> onSort(BiPredicate<String, Boolean> function) {
        sorter = function;
        return this;
    }

    /** Finds the row of a value, or -1; without it a selection is found by looking at all rows. */
    public DataTable<T> locateBy(ToIntFunction<T> function) {
        locate = function;
        return this;
    }

    /** Gives the tool tip of a row. */
    public DataTable<T> toolTip(Function<T, String> function) {
        toolTip = function;
        return this;
    }

    /** Shows other rows from the top, nothing selected. */
    public void setSource(RowSource<T> rows) {
        source = rows;
        first = 0;
        selection = List.of();
        table.deselectAll();
        shapeChanged();
        if (table.getItemCount() > 0) {
            table.setTopIndex(0);
        }
    }

    /** Number or order of rows changed: shows them, with the same values selected. */
    public void shapeChanged() {
        List<T> keep = wanted == null ? selection : List.of(wanted);
        if (first >= source.size()) {
            first = 0;
        }
        int top = table.getTopIndex();
        int count = Math.min(WINDOW, source.size() - first);
        int surplus = table.getItemCount() - count;
        if (surplus > 0) {
            // All rows are shown anew anyway, and GTK removes the first ones ten times as fast as the last.
            table.deselectAll();
            table.remove(0, surplus - 1);
        } else if (surplus < 0) {
            table.setItemCount(count);
        }
        table.clearAll();
        if (surplus > 0 && count > 0 && top > 0) {
            table.setTopIndex(Math.min(top, count - 1));
        }
        showPager();
        if (!keep.isEmpty()) {
            restore(keep, top);
        } else {
            table.deselectAll();
        }
    }

    /** Rows that were not there have come: shows them. */
    public void rowsArrived() {
        table.clearAll();
        if (wanted != null) {
            select(wanted);
        }
    }

    /** Shows which column decides the order. */
    public void showOrder(String columnId, boolean descending) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).id().equals(columnId)) {
                table.setSortColumn(table.getColumn(i));
                table.setSortDirection(descending ? SWT.DOWN : SWT.UP);
            }
        }
    }

    /** The selected values, top down. */
    public List<T> selection() {
        return selection;
    }

    /** Selects a value and scrolls to it, now or as soon as it is among the rows. */
    public void select(T value) {
        int row = rowOf(value);
        // rows may be there that the table has not been told of yet
        boolean shown = row >= 0 && table.getItemCount() == Math.min(WINDOW, source.size() - first);
        wanted = shown ? null : value;
        if (shown) {
            selectRow(row);
        }
    }

    /** Selects these values and no others, as far as they are in the window that is shown. */
    public void selectAll(List<T> values) {
        restore(values, table.getTopIndex());
    }

    /** Gives the rows the focus; the first one is selected when none is. */
    public void enter() {
        table.setFocus();
        if (table.getSelectionCount() == 0 && table.getItemCount() > 0) {
            selectRow(first);
        }
    }

    /** Selects a row and scrolls to it. */
    public void selectRow(int row) {
        if (row < first || row >= first + WINDOW) {
            turn(row / WINDOW * WINDOW);
        }
        table.setSelection(row - first);
        table.showSelection();
        selectionChanged();
    }

    private void restore(List<T> keep, int top) {
        int[] rows = keep.stream().mapToInt(this::rowOf).filter(r -> r >= first && r < first + WINDOW)
                .map(r -> r - first).toArray();
        table.deselectAll();
        if (rows.length > 0) {
            table.select(rows);
            if (wanted != null) {
                wanted = null;
                table.showSelection();
            } else {
                table.setTopIndex(Math.min(top, table.getItemCount() - 1));
            }
        }
        selectionChanged();
    }

    private int rowOf(T value) {
        if (locate != null) {
            return locate.applyAsInt(value);
        }
        for (int i = 0; i < source.size(); i++) {
            if (value.equals(source.row(i))) {
                return i;
            }
        }
        return -1;
    }

    private void setData(Event e) {
        if (!Ui.virtual(e)) {
            return;
        }
        var item = (TableItem) e.item;
        T row = source.row(first + e.index);
        if (row == null) {
            item.setText(0, Messages.table_loading);
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            Column<T> column = columns.get(i);
            item.setText(i, column.text().apply(row));
            Icon icon = column.icon().apply(row);
            if (icon != null) {
                item.setImage(i, icon.image());
            }
        }
    }

    private void selectionChanged() {
        var rows = new ArrayList<T>();
        for (int index : table.getSelectionIndices()) {
            T row = source.row(first + index);
            if (row != null) {
                rows.add(row);
            }
        }
        if (!rows.equals(selection)) {
            selection = List.copyOf(rows);
            selected.accept(selection);
        }
    }

    private void headerClicked(TableColumn widget, Column<T> column) {
        if (sorter == null) {
            return;
        }
        boolean descending = table.getSortColumn() == widget && table.getSortDirection() == SWT.UP;
        if (sorter.test(column.id(), descending)) {
            table.setSortColumn(widget);
            table.setSortDirection(descending ? SWT.DOWN : SWT.UP);
        }
    }

    private void key(Event e) {
        boolean command = (e.stateMask & SWT.MOD1) != 0;
        int last = table.getItemCount() - 1;
        if (command && e.keyCode == 'c') {
            copySelection();
        } else if (command && e.keyCode == 'a' && (table.getStyle() & SWT.MULTI) != 0) {
            table.selectAll();
            selectionChanged();
        } else if ((e.keyCode == SWT.PAGE_DOWN || e.keyCode == SWT.ARROW_DOWN) && forth.isEnabled()
                && table.getSelectionIndex() == last && last >= 0 && first + WINDOW < source.size()) {
            selectRow(first + WINDOW);
            e.doit = false;
        } else if ((e.keyCode == SWT.PAGE_UP || e.keyCode == SWT.ARROW_UP) && first > 0
                && table.getSelectionIndex() == 0) {
            selectRow(first - 1);
            e.doit = false;
        }
    }

    /** Copies the selected rows as text with tabs, and as a table. */
    public void copySelection() {
        var text = new StringBuilder();
        var html = new StringBuilder("<table>");
        for (T row : selection) {
            html.append("<tr>");
            for (int i = 0; i < columns.size(); i++) {
                String cell = columns.get(i).text().apply(row);
                text.append(i == 0 ? "" : "\t").append(cell);
                html.append("<td>").append(cell.replace("&", "&amp;").replace("<", "&lt;")).append("</td>");
            }
            text.append(System.lineSeparator());
            html.append("</tr>");
        }
        Ui.copy(table.getDisplay(), text.toString(), html.append("</table>").toString());
    }

    private void hover(Event e) {
        TableItem item = table.getItem(new org.eclipse.swt.graphics.Point(e.x, e.y));
        T row = item == null || toolTip == null ? null : source.row(first + table.indexOf(item));
        table.setToolTipText(row == null ? null : toolTip.apply(row));
    }

    private void turn(int to) {
        first = Math.max(0, to);
        selection = List.of();
        table.deselectAll();
        shapeChanged();
        table.setTopIndex(0);
    }

    private void showPager() {
        boolean needed = source.size() > WINDOW;
        if (needed) {
            int last = Math.min(source.size(), first + WINDOW);
            Formats formats = Formats.local();
            range.setText(NLS.bind(Messages.table_range,
                    new Object[] { formats.count(first + 1L), formats.count(last), formats.count(source.size()) }));
            back.setEnabled(first > 0);
            forth.setEnabled(last < source.size());
        }
        if (pager.getVisible() != needed) {
            pager.setVisible(needed);
            ((GridData) pager.getLayoutData()).exclude = !needed;
            composite.layout();
        }
    }

    private int growing() {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).grows()) {
                return i;
            }
        }
        return -1;
    }

    private static <T> RowSource<T> none() {
        return new RowSource<>() {
            @Override
            public int size() {
                return 0;
            }

            @Override
            public T row(int index) {
                return null;
            }
        };
    }
}
