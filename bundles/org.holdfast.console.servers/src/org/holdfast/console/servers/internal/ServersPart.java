package org.holdfast.console.servers.internal;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.LiveFleet;
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
import org.holdfast.console.ui.RowList;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/** The protected servers of all vault servers: scopes on the left, chips and a filter above a virtual table. */
public final class ServersPart {
    private static final int AGE_REFRESH_MILLIS = 60_000;

    private final ServersSite site;
    private final ServerWords words;
    private RowList<ServerSummary> list;
    private ScopeTree scopes;
    private ChipBar chips;
    private List<Row<ServerSummary>> all = List.of();

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
        list = new RowList<>(parent, new RowList.Kind<>("servers", LiveFleet::servers, ServerChips.chips(),
                ServerWords::searched, ServerOrder.of(ServerOrder.STATE, false), ServerSummary::id),
                new FleetPanel.Nothing(Icon.SERVER_LARGE, Messages.servers_none,
                        Messages.servers_noneText, new StatePanel.Action("servers.register", Messages.servers_register,
                                () -> Commands.run(Commands.REGISTER)),
                        new StatePanel.Action("servers.refresh", Messages.servers_refresh, this::refresh)),
                this::clearFilters);
        var sash = new SashForm(list.content(), SWT.HORIZONTAL);
        sash.setLayoutData(Ui.fill());
        scopes = new ScopeTree(sash, list.model()::setScope);
        build(new Composite(sash, SWT.NONE));
        sash.setWeights(22, 78);
        sash.setData(FilterField.KEY, list.filter().control());
        list.start(site.connections(), this::arrived, chips::show);
        Ui.after(AGE_REFRESH_MILLIS, list.panel(), this::tick);
    }

    private void build(Composite right) {
        right.setLayout(Ui.grid(1, 4));
        var top = new Composite(right, SWT.NONE);
        top.setLayout(Ui.grid(3));
        top.setLayoutData(Ui.wide());
        list.makeFilter(top, Messages.servers_filter);
        new FilterMenu(top, FilterMemory.ofWorkbench(), this::filtering, this::filterBy);
        list.makeCount(top, Messages.servers_count, Messages.servers_countFiltered);
        chips = new ChipBar(right, "servers.chips", ServerChips.items(), list.model()::press);
        chips.control().setLayoutData(Ui.wide());
        DataTable<Row<ServerSummary>> table = list.makeTable(right, SWT.MULTI, Messages.servers_table, columns());
        table.toolTip(words::explain).onSelect(rows -> site.selection().offer(this, rows))
                .onOpen(site::open).onSort((column, descending) -> {
                    list.model().setOrder(ServerOrder.of(column, descending));
                    return true;
                });
        table.showOrder(ServerOrder.STATE, false);
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
                Column.text(ServerOrder.LAST_BACKUP, Messages.column_lastBackup, 24,
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

    private Runnable arrived(List<Row<ServerSummary>> now) {
        Runnable show = scopes.scopesOf(now);
        return () -> {
            all = now;
            show.run();
        };
    }

    private void tick() {
        list.table().rowsArrived();
        Ui.after(AGE_REFRESH_MILLIS, list.panel(), this::tick);
    }

    /** What is filtered by now; without a name. */
    private SavedFilters.Filter filtering() {
        return new SavedFilters.Filter("", list.filter().control().getText(), list.view().pressed());
    }

    private void filterBy(SavedFilters.Filter saved) {
        list.filter().show(saved.text());
        list.model().apply(saved.text(), saved.chips());
    }

    private void clearFilters() {
        scopes.reset();
        scopes.scopesOf(all).run();
        list.clear();
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
        list.filter().show(text);
        list.model().apply(text, pressed);
        all.stream().filter(row -> row.value().id().equals(server)).findFirst().ifPresent(list.table()::select);
    }

    /** Reads all lists anew. */
    public void refresh() {
        list.refresh();
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        site.selection().take(this, list.table().selection());
        list.focus();
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        if (list != null) {
            list.close();
        }
        site.selection().release(this);
    }
}
