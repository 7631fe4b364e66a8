package org.holdfast.console.servers.internal;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.ListModel;
import org.holdfast.console.model.ListView;
import org.holdfast.console.model.Row;
import org.holdfast.console.model.SavedFilters;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.ui.ChipBar;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/** The protected servers of all vault servers: scopes on the left, chips and a filter above a virtual table. */
public final class ServersPart {
    private static final int AGE_REFRESH_MILLIS = 60_000;

    private final ServersSite site;
    private final ServerWords words;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("holdfast-servers-model").factory());
    private FleetPanel panel;
    private ScopeTree scopes;
    private FilterField filter;
    private ChipBar chips;
    private Label count;
    private DataTable<Row<ServerSummary>> table;
    private ListModel<Row<ServerSummary>> model;
    private FleetRows<ServerSummary> rows;
    private List<Row<ServerSummary>> all = List.of();
    private ListView<Row<ServerSummary>> view = ListView.empty();
    private Map<String, Integer> places = Map.of();

    /** Called by the workbench. */
    @Inject
    public ServersPart(ServersSite site) {
        this(site, new ServerWords(Formats.local(), Clock.systemUTC()));
    }

    /** Another clock than the system's. */
    public ServersPart(ServersSite site, ServerWords words) {
        this.site = site;
        this.words = words;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        panel = new FleetPanel(parent, "servers", new FleetPanel.Nothing(Icon.SERVER_LARGE, Messages.servers_none,
                Messages.servers_noneText, new StatePanel.Action("servers.register", Messages.servers_register,
                        () -> Commands.run(Commands.REGISTER)),
                new StatePanel.Action("servers.refresh", Messages.servers_refresh, this::refresh)),
                this::clearFilters, this::refresh);
        var sash = new SashForm(panel.content(), SWT.HORIZONTAL);
        sash.setLayoutData(Ui.fill());
        model = new ListModel<>(thread, Ui.executor(parent.getDisplay()), ServerChips.chips(), ServerWords::searched,
                ServerOrder.of(ServerOrder.STATE, false));
        scopes = new ScopeTree(sash, model::setScope);
        build(new Composite(sash, SWT.NONE));
        sash.setWeights(18, 82);
        sash.setData(FilterField.KEY, filter.control());
        model.changes().add(v -> {
            if (!panel.panel().isDisposed()) {
                show(v);
            }
        });
        rows = new FleetRows<>(site.connections(), LiveFleet::servers, source -> {
            List<Row<ServerSummary>> now = source.rows();
            model.setRows(now);
            Ui.async(panel.panel(), () -> arrived(now));
        });
        Ui.after(AGE_REFRESH_MILLIS, panel.panel(), this::tick);
    }

    private void build(Composite right) {
        right.setLayout(Ui.grid(1, 4));
        var top = new Composite(right, SWT.NONE);
        top.setLayout(Ui.grid(3));
        top.setLayoutData(Ui.wide());
        filter = new FilterField(top, "servers.filter", Messages.servers_filter, model::setText);
        filter.control().setLayoutData(Ui.wide());
        new FilterMenu(top, FilterMemory.ofWorkbench(), this::filtering, this::filterBy);
        count = Ui.id(new Label(top, SWT.NONE), "servers.count");
        count.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false));
        chips = new ChipBar(right, "servers.chips", ServerChips.items(), model::press);
        chips.control().setLayoutData(Ui.wide());
        table = new DataTable<>(right, SWT.MULTI, "servers.table", Messages.servers_table, columns());
        table.locateBy(row -> places.getOrDefault(key(row), -1)).toolTip(words::explain)
                .onSelect(rows -> site.selection().offer(this, rows))
                .onOpen(site::open).onSort((column, descending) -> {
                    model.setOrder(ServerOrder.of(column, descending));
                    return true;
                });
        table.showOrder(ServerOrder.STATE, false);
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
        site.attachMenu(table.control(), ServersIds.MENU);
    }

    private List<Column<Row<ServerSummary>>> columns() {
        Formats f = words.formats();
        return List.of(
                Column.<Row<ServerSummary>>text(ServerOrder.STATE, Messages.column_state, 15,
                        r -> ServerWords.state(r.value().state())).with(r -> ServerWords.icon(r.value().state())),
                Column.<Row<ServerSummary>>text(ServerOrder.NAME, Messages.column_name, 22, r -> r.value().name())
                        .growing(),
                Column.text(ServerOrder.AGE, Messages.column_age, 13, r -> words.backup(r.value())),
                Column.text(ServerOrder.LAST_BACKUP, Messages.column_lastBackup, 21,
                        r -> words.time(r.value().lastBackup())),
                Column.text(ServerOrder.POLICY, Messages.column_policy, 12, r -> ServerWords.policy(r.value())),
                Column.<Row<ServerSummary>>text(ServerOrder.DRIFT, Messages.chip_drift, 9,
                        r -> r.value().drift() == null ? "" : Messages.drift_yes)
                        .with(r -> r.value().drift() == null ? null : Icon.CHANGED),
                Column.number(ServerOrder.ITEMS, Messages.column_items, 6, r -> f.count(ServerWords.items(r))),
                Column.number(ServerOrder.POINTS, Messages.column_points, 8, r -> f.count(r.value().points())),
                Column.number(ServerOrder.SIZE, Messages.column_size, 9, r -> f.size(r.value().storedBytes())),
                Column.text(ServerOrder.CONTACT, Messages.column_contact, 13, r -> words.contact(r.value())),
                Column.text(ServerOrder.VERSION, Messages.column_version, 8, r -> r.value().agentVersion()),
                Column.text(ServerOrder.TAGS, Messages.column_tags, 20, r -> String.join(", ", r.value().tags())),
                Column.text(ServerOrder.VAULT, Messages.column_vault, 9, r -> r.value().vault()));
    }

    private void arrived(List<Row<ServerSummary>> now) {
        all = now;
        scopes.show(now);
        showState();
    }

    private void show(ListView<Row<ServerSummary>> next) {
        view = next;
        Map<String, Integer> index = HashMap.newHashMap(next.rows().size());
        for (int i = 0; i < next.rows().size(); i++) {
            index.put(key(next.rows().get(i)), i);
        }
        places = index;
        chips.show(next);
        count.setText(next.isFiltered()
                ? NLS.bind(Messages.servers_countFiltered, words.formats().count(next.rows().size()),
                        words.formats().count(next.total()))
                : NLS.bind(Messages.servers_count, words.formats().count(next.total())));
        count.requestLayout();
        table.shapeChanged();
        showState();
    }

    /** A filter that leaves nothing must not hide the field it was typed into, so the table stays then. */
    private void showState() {
        boolean none = view.rows().isEmpty() && view.isFiltered();
        panel.show(rows.state(none ? 1 : view.rows().size(), none ? Math.max(1, all.size()) : all.size()));
        if (none) {
            count.setText(NLS.bind(Messages.servers_countFiltered, 0, words.formats().count(view.total())));
        }
    }

    private void tick() {
        table.rowsArrived();
        Ui.after(AGE_REFRESH_MILLIS, panel.panel(), this::tick);
    }

    private static String key(Row<ServerSummary> row) {
        return row.session().connection().id() + row.value().id();
    }

    /** What is filtered by now; without a name. */
    private SavedFilters.Filter filtering() {
        return new SavedFilters.Filter("", filter.control().getText(), view.pressed());
    }

    private void filterBy(SavedFilters.Filter saved) {
        filter.show(saved.text());
        model.apply(saved.text(), saved.chips());
    }

    private void clearFilters() {
        filter.reset();
        scopes.reset();
        scopes.show(all);
        model.clear();
    }

    /**
     * Shows certain servers in place of what filters left before.
     *
     * @param pressed ids of chips
     * @param text what the filter field says
     * @param server id of the server to select, or empty
     */
    public void show(Set<String> pressed, String text, String server) {
        clearFilters();
        filter.show(text);
        model.apply(text, pressed);
        all.stream().filter(row -> row.value().id().equals(server)).findFirst().ifPresent(table::select);
    }

    /** Reads all lists anew. */
    public void refresh() {
        rows.refresh();
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        site.selection().take(this, table.selection());
        if (panel.panel().state() == StatePanel.State.CONTENT) {
            table.control().setFocus();
        } else {
            panel.panel().setFocus();
        }
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        if (rows != null) {
            rows.close();
        }
        thread.shutdown();
        site.selection().release(this);
    }
}
