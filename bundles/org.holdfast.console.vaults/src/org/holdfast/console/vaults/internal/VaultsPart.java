package org.holdfast.console.vaults.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.ListModel;
import org.holdfast.console.model.ListView;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.vaults.VaultsIds;

/** The vaults of all vault servers in one table. */
public final class VaultsPart {
    private final VaultsSite site;
    private final VaultWords words = new VaultWords(Formats.local());
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("holdfast-vaults-model").factory());
    private FleetPanel panel;
    private FilterField filter;
    private Label count;
    private DataTable<Row<VaultSummary>> table;
    private ListModel<Row<VaultSummary>> model;
    private FleetRows<VaultSummary> rows;
    private Subscription reveals;
    private ListView<Row<VaultSummary>> view = ListView.empty();
    private Map<String, Integer> places = Map.of();

    /** Called by the workbench. */
    @Inject
    public VaultsPart(VaultsSite site) {
        this.site = site;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        panel = new FleetPanel(parent, "vaults", new FleetPanel.Nothing(Icon.VAULT_LARGE, Messages.vaults_none,
                Messages.vaults_noneText, new StatePanel.Action("vaults.create", Messages.vaults_create,
                        () -> Commands.run(VaultsIds.CREATE))),
                this::clearFilter, this::refresh);
        model = new ListModel<>(thread, Ui.executor(parent.getDisplay()), List.of(), VaultWords::searched,
                VaultOrder.of(VaultOrder.NAME, false));
        build(new Composite(panel.content(), SWT.NONE));
        model.changes().add(next -> {
            if (!panel.panel().isDisposed()) {
                show(next);
            }
        });
        reveals = site.selection().reveals().add(vault -> revealWanted());
        rows = new FleetRows<>(site.connections(), LiveFleet::vaults, source -> model.setRows(source.rows()));
        revealWanted();
    }

    private void build(Composite body) {
        body.setLayout(Ui.grid(1, 4));
        body.setLayoutData(Ui.fill());
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(2));
        top.setLayoutData(Ui.wide());
        filter = new FilterField(top, "vaults.filter", Messages.vaults_filter, model::setText);
        filter.control().setLayoutData(Ui.wide());
        count = Ui.id(new Label(top, SWT.NONE), "vaults.count");
        count.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false));
        table = new DataTable<>(body, SWT.SINGLE, "vaults.table", Messages.vaults_table, columns());
        table.locateBy(row -> places.getOrDefault(key(row), -1)).onSelect(site.selection()::set)
                .onOpen(row -> Commands.run(VaultsIds.OPEN)).onSort((column, descending) -> {
                    model.setOrder(VaultOrder.of(column, descending));
                    return true;
                });
        table.showOrder(VaultOrder.NAME, false);
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return view.rows().size();
            }

            @Override
            public Row<VaultSummary> row(int index) {
                return view.rows().get(index);
            }
        });
        filter.setRows(table);
        site.attachMenu(table.control(), VaultsIds.MENU);
    }

    private List<Column<Row<VaultSummary>>> columns() {
        Formats f = words.formats();
        return List.of(
                Column.<Row<VaultSummary>>text(VaultOrder.NAME, Messages.column_name, 18, r -> r.value().name())
                        .with(r -> Icon.VAULT).growing(),
                Column.text(VaultOrder.CONNECTION, Messages.column_connection, 16,
                        r -> r.session().connection().name()),
                Column.text(VaultOrder.REGION, Messages.column_region, 12, r -> r.value().region()),
                Column.text(VaultOrder.SUBSCRIPTION, Messages.column_subscription, 16, r -> r.value().subscription()),
                Column.text(VaultOrder.GROUP, Messages.column_group, 18, r -> r.value().resourceGroup()),
                Column.text(VaultOrder.REDUNDANCY, Messages.column_redundancy, 14,
                        r -> VaultWords.redundancy(r.value().redundancy())),
                Column.text(VaultOrder.IMMUTABILITY, Messages.column_immutability, 15,
                        r -> VaultWords.immutability(r.value().immutability())),
                Column.text(VaultOrder.SOFT_DELETE, Messages.column_softDelete, 14,
                        r -> words.softDelete(r.value().softDelete())),
                Column.number(VaultOrder.SERVERS, Messages.column_servers, 11, r -> f.count(r.value().servers())),
                Column.number(VaultOrder.STORED, Messages.column_stored, 10, r -> f.size(r.value().storedBytes())),
                Column.number(VaultOrder.QUOTA, Messages.column_quota, 10, r -> words.quota(r.value())));
    }

    private void show(ListView<Row<VaultSummary>> next) {
        view = next;
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < next.rows().size(); i++) {
            index.put(key(next.rows().get(i)), i);
        }
        places = index;
        table.shapeChanged();
        showState();
    }

    /** A filter that leaves nothing must not hide the field it was typed into, so the table stays then. */
    private void showState() {
        boolean none = view.rows().isEmpty() && view.isFiltered();
        int shown = none ? 1 : view.rows().size();
        panel.show(rows.state(shown, shown));
        Formats f = words.formats();
        count.setText(view.isFiltered()
                ? NLS.bind(Messages.vaults_countFiltered, f.count(view.rows().size()), f.count(view.total()))
                : Texts.bind(Messages.vaults_count, f.count(view.total())));
        count.requestLayout();
    }

    private void revealWanted() {
        Row<VaultSummary> vault = site.selection().takeWanted();
        if (vault != null) {
            clearFilter();
            table.select(vault);
        }
    }

    private static String key(Row<VaultSummary> row) {
        return row.session().connection().id() + row.value().id();
    }

    private void clearFilter() {
        filter.reset();
        model.clear();
    }

    /** Reads all lists anew. */
    public void refresh() {
        rows.refresh();
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (panel.panel().state() == StatePanel.State.CONTENT) {
            table.control().setFocus();
        } else {
            panel.panel().setFocus();
        }
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        reveals.close();
        rows.close();
        thread.shutdown();
        site.selection().set(List.of());
    }
}
