package org.holdfast.console.ui;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.Chip;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.ListModel;
import org.holdfast.console.model.ListView;
import org.holdfast.console.model.Row;

/**
 * Rows of one kind of all vault servers in a virtual table that is always fresh: filtered on a thread of its own while
 * a person types, counted, and found again by their keys. A part makes it, places filter, count and table among its
 * other widgets, and then starts it.
 *
 * @param <T> what a row shows
 */
public final class RowList<T> {
    /**
     * What is listed.
     *
     * @param id first part of the ids of its widgets
     * @param list which list of a vault server
     * @param chips what chips leave
     * @param searched what the filter looks at, in lower case
     * @param order of the rows at first
     * @param key names the same thing in older and newer rows of one vault server
     */
    public record Kind<T>(String id, Function<LiveFleet, LiveList<T>> list, List<Chip<Row<T>>> chips,
            Function<Row<T>, String> searched, Comparator<Row<T>> order, Function<T, String> key) {
    }

    private final Kind<T> kind;
    private final Formats formats = Formats.local();
    private final ExecutorService thread;
    private final FleetPanel panel;
    private final ListModel<Row<T>> model;
    private FilterField filter;
    private Label count;
    private String counted = "";
    private String countedFiltered = "";
    private DataTable<Row<T>> table;
    private FleetRows<T> rows;
    private volatile @Nullable Runnable newest;
    private ListView<Row<T>> view = ListView.empty();
    /** Where rows are by their keys, null until somebody asks. */
    private @Nullable Map<String, Integer> places;

    /**
     * Makes the panel around it.
     *
     * @param nothing shown when there is nothing of the kind
     * @param clear takes all filters away, see {@link #clear()}
     */
    public RowList(Composite parent, Kind<T> kind, FleetPanel.Nothing nothing, Runnable clear) {
        this.kind = kind;
        thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("holdfast-" + kind.id() + "-model").factory());
        panel = new FleetPanel(parent, kind.id(), nothing, clear, this::refresh);
        model = new ListModel<>(thread, Ui.executor(parent.getDisplay()), kind.chips(), kind.searched(), kind.order());
    }

    /** Where the part puts its widgets. */
    public Composite content() {
        return panel.content();
    }

    /**
     * Makes the filter.
     *
     * @param hint shown while it is empty
     */
    public FilterField makeFilter(Composite parent, String hint) {
        filter = new FilterField(parent, kind.id() + ".filter", hint, model::setText);
        filter.control().setLayoutData(Ui.wide());
        return filter;
    }

    /**
     * Makes the label that counts the rows.
     *
     * @param all text with the number of all
     * @param filtered text with the number of rows that filters leave, and of all
     */
    public void makeCount(Composite parent, String all, String filtered) {
        counted = all;
        countedFiltered = filtered;
        count = Ui.id(new Label(parent, SWT.NONE), kind.id() + ".count");
        count.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false));
    }

    /**
     * Makes the table; the filter has to be there.
     *
     * @param style {@code SWT.SINGLE} or {@code SWT.MULTI}
     * @param name accessible name
     */
    public DataTable<Row<T>> makeTable(Composite parent, int style, String name, List<Column<Row<T>>> columns) {
        table = new DataTable<>(parent, style, kind.id() + ".table", name, columns);
        table.locateBy(this::place).setSource(new RowSource<>() {
            @Override
            public int size() {
                return view.rows().size();
            }

            @Override
            public Row<T> row(int index) {
                return view.rows().get(index);
            }
        });
        filter.setRows(table);
        return table;
    }

    /** Begins to show rows. */
    public void start(VaultConnections connections) {
        start(connections, all -> () -> {
        }, shown -> {
        });
    }

    /**
     * Begins to show rows.
     *
     * @param arrived given all rows, on the model's thread, before filters have been applied; what it returns is run
     * on the user interface thread, unless newer rows are there by then
     * @param shown told what is shown, on the user interface thread, before the table is
     */
    public void start(VaultConnections connections, Function<List<Row<T>>, Runnable> arrived,
            Consumer<ListView<Row<T>>> shown) {
        model.changes().add(next -> {
            if (!panel.panel().isDisposed()) {
                show(next, shown);
            }
        });
        var pending = new AtomicBoolean();
        rows = new FleetRows<>(connections, kind.list(), source -> {
            // A vault server that comes back tells several times at once; the rows are the same each time.
            if (pending.compareAndSet(false, true)) {
                run(() -> {
                    pending.set(false);
                    List<Row<T>> now = source.rows();
                    model.setRows(now);
                    run(() -> offer(arrived.apply(now)));
                });
            }
        });
    }

    private void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // The part is gone.
        }
    }

    private void offer(Runnable show) {
        newest = show;
        Ui.async(panel.panel(), () -> {
            if (newest == show) {
                show.run();
            }
        });
    }

    private void show(ListView<Row<T>> next, Consumer<ListView<Row<T>>> shown) {
        view = next;
        places = null;
        shown.accept(next);
        count.setText(next.isFiltered()
                ? Texts.bind(countedFiltered, formats.count(next.rows().size()), formats.count(next.total()))
                : Texts.bind(counted, formats.count(next.total())));
        count.requestLayout();
        table.shapeChanged();
        // A filter that leaves nothing must not hide the field it was typed into, so the table stays then.
        int some = next.rows().isEmpty() && next.isFiltered() ? 1 : next.rows().size();
        panel.show(rows.state(some, some));
    }

    private int place(Row<T> wanted) {
        Map<String, Integer> index = places;
        if (index == null) {
            index = HashMap.newHashMap(view.rows().size());
            for (int i = 0; i < view.rows().size(); i++) {
                index.put(key(view.rows().get(i)), i);
            }
            places = index;
        }
        return index.getOrDefault(key(wanted), -1);
    }

    private String key(Row<T> row) {
        return row.session().connection().id() + kind.key().apply(row.value());
    }

    /** The panel around it. */
    public StatePanel panel() {
        return panel.panel();
    }

    /** What filters, counts and sorts. */
    public ListModel<Row<T>> model() {
        return model;
    }

    /** The filter. */
    public FilterField filter() {
        return filter;
    }

    /** The table. */
    public DataTable<Row<T>> table() {
        return table;
    }

    /** What is shown. */
    public ListView<Row<T>> view() {
        return view;
    }

    /** Takes all filters away. */
    public void clear() {
        filter.reset();
        model.clear();
    }

    /** Reads all lists anew. */
    public void refresh() {
        rows.refresh();
    }

    /** Gives the rows, or what stands in their place, the focus. */
    public void focus() {
        if (panel.panel().state() == StatePanel.State.CONTENT) {
            table.control().setFocus();
        } else {
            panel.panel().setFocus();
        }
    }

    /** Ends it. */
    public void close() {
        if (rows != null) {
            rows.close();
        }
        thread.shutdown();
    }
}
