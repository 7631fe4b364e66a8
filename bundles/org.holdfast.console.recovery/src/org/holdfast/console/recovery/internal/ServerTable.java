package org.holdfast.console.recovery.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.ListModel;
import org.holdfast.console.model.ListView;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** The protected servers of all vault servers, to choose one by filter and table. */
final class ServerTable {
    private static final Comparator<Row<ServerSummary>> ORDER = Comparator
            .comparing((Row<ServerSummary> r) -> r.value().name().toLowerCase(Locale.ROOT))
            .thenComparing(r -> r.value().id());

    /**
     * What is chosen.
     *
     * @param id what ids of widgets begin with
     * @param style one server or several: {@code SWT.SINGLE} or {@code SWT.MULTI}
     * @param wanted which servers can be chosen
     * @param chosen told the rows that are selected now
     * @param opened told that a row was opened
     */
    record Choice(String id, int style, Predicate<Row<ServerSummary>> wanted, Consumer<List<Row<ServerSummary>>> chosen,
            Runnable opened) {
    }

    private final VaultConnections connections;
    private final Predicate<Row<ServerSummary>> wanted;
    private final FilterField filter;
    private final FleetPanel panel;
    private final DataTable<Row<ServerSummary>> table;
    private final ListModel<Row<ServerSummary>> model;
    private final Map<String, Integer> places = new HashMap<>();
    private ListView<Row<ServerSummary>> view = ListView.empty();
    private FleetRows<ServerSummary> rows;
    private Row<ServerSummary> proposed;

    /**
     * To choose one server.
     *
     * @param id what ids of its widgets begin with
     * @param wanted which servers can be chosen
     * @param chosen told the row that is selected now, null for none
     * @param opened told that a row was opened
     */
    ServerTable(Composite parent, VaultConnections connections, Executor ui, String id,
            Predicate<Row<ServerSummary>> wanted, Consumer<Row<ServerSummary>> chosen, Runnable opened) {
        this(parent, new Choice(id, SWT.SINGLE, wanted,
                all -> chosen.accept(all.isEmpty() ? null : all.getFirst()), opened), connections, ui);
    }

    ServerTable(Composite parent, Choice choice, VaultConnections connections, Executor ui) {
        this.connections = connections;
        String id = choice.id();
        wanted = choice.wanted();
        model = new ListModel<>(connections.background(), ui, List.of(), ServerTable::searched, ORDER);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 4));
        body.setLayoutData(Ui.fill());
        filter = new FilterField(body, id + ".filter", Messages.server_filter, model::setText);
        filter.control().setLayoutData(Ui.wide());
        panel = new FleetPanel(body, id + ".servers",
                new FleetPanel.Nothing(Icon.SERVER_LARGE, Messages.server_none, Messages.server_noneText),
                filter::clear, () -> rows.refresh());
        panel.panel().setLayoutData(Ui.fill());
        table = new DataTable<>(panel.content(), choice.style() | SWT.BORDER, id + ".table", Messages.server_table,
                columns(Formats.local()));
        var size = Ui.fill();
        size.heightHint = 9 * table.control().getItemHeight();
        size.widthHint = Ui.chars(parent, 100);
        table.setLayoutData(size);
        table.locateBy(row -> places.getOrDefault(key(row), -1))
                .onSelect(choice.chosen()).onOpen(row -> choice.opened().run());
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return view.rows().size();
            }

            @Override
            public Row<ServerSummary> row(int index) {
                return view.rows().get(index);
            }
        });
        filter.setRows(table);
        model.changes().add(this::show);
        rows = new FleetRows<>(connections, LiveFleet::servers, all -> ui.execute(this::take));
        body.addListener(SWT.Dispose, e -> rows.close());
        take();
    }

    private static List<Column<Row<ServerSummary>>> columns(Formats f) {
        return List.of(
                Column.<Row<ServerSummary>>text("name", Messages.server_name, 26, r -> r.value().name())
                        .with(r -> Icon.SERVER).growing(),
                Column.text("host", Messages.server_host, 24, r -> r.value().hostname()),
                Column.text("vault", Messages.server_vault, 26,
                        r -> r.value().vault() + " \u00b7 " + r.session().connection().name()),
                Column.text("agent", Messages.server_agent, 14, r -> agent(r.value())),
                Column.number("points", Messages.server_points, 10, r -> f.count(r.value().points())),
                Column.text("last", Messages.server_lastBackup, 24, r -> r.value().lastBackup() == null
                        ? Messages.server_never
                        : f.time(r.value().lastBackup())));
    }

    /** Whether its agent can be reached, in a word or two. */
    static String agent(ServerSummary server) {
        return server.state() == ServerState.RETIRED ? Messages.server_retired
                : server.connected() ? Messages.server_connected : Messages.server_away;
    }

    private static String searched(Row<ServerSummary> row) {
        ServerSummary s = row.value();
        return (s.name() + ' ' + s.hostname() + ' ' + String.join(" ", s.addresses()) + ' '
                + String.join(" ", s.tags()) + ' ' + s.vault() + ' ' + row.session().connection().name() + ' '
                + agent(s)).toLowerCase(Locale.ROOT);
    }

    private static String key(Row<ServerSummary> row) {
        return row.session().connection().id() + '/' + row.value().id();
    }

    private void take() {
        if (!table.control().isDisposed() && rows != null) {
            model.setRows(rows.rows().stream().filter(wanted).toList());
        }
    }

    private void show(ListView<Row<ServerSummary>> next) {
        if (table.control().isDisposed()) {
            return;
        }
        view = next;
        places.clear();
        for (int i = 0; i < next.rows().size(); i++) {
            places.put(key(next.rows().get(i)), i);
        }
        panel.show(rows.state(next.rows().size(), next.total()));
        table.shapeChanged();
        if (proposed != null && places.containsKey(key(proposed))) {
            table.select(proposed);
            proposed = null;
        }
    }

    /** Selects a server as soon as it is there. */
    void propose(Row<ServerSummary> row) {
        proposed = row;
    }

    /** Selects these rows, as far as they are shown. */
    void select(List<Row<ServerSummary>> all) {
        table.selectAll(all);
    }

    /** Gives the filter the focus, where arrow down goes to the rows. */
    void setFocus() {
        filter.control().setFocus();
    }

    void setEnabled(boolean enabled) {
        filter.control().setEnabled(enabled);
        table.control().setEnabled(enabled);
    }
}
