package org.holdfast.console.vaults.internal;

import java.util.List;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.RowList;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.vaults.VaultsIds;

/** The vaults of all vault servers in one table. */
public final class VaultsPart {
    private final VaultsSite site;
    private final VaultWords words = new VaultWords(Formats.local());
    private RowList<VaultSummary> list;
    private Subscription reveals;

    /** Called by the workbench. */
    @Inject
    public VaultsPart(VaultsSite site) {
        this.site = site;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        list = new RowList<>(parent, new RowList.Kind<>("vaults", LiveFleet::vaults, List.of(), VaultWords::searched,
                VaultOrder.of(VaultOrder.NAME, false), VaultSummary::id),
                new FleetPanel.Nothing(Icon.VAULT_LARGE, Messages.vaults_none, Messages.vaults_noneText,
                        new StatePanel.Action("vaults.create", Messages.vaults_create,
                                () -> Commands.run(VaultsIds.CREATE))),
                () -> list.clear());
        build(new Composite(list.content(), SWT.NONE));
        reveals = site.selection().reveals().add(vault -> revealWanted());
        list.start(site.connections());
        revealWanted();
    }

    private void build(Composite body) {
        body.setLayout(Ui.grid(1, 4));
        body.setLayoutData(Ui.fill());
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(2));
        top.setLayoutData(Ui.wide());
        list.makeFilter(top, Messages.vaults_filter);
        list.makeCount(top, Messages.vaults_count, Messages.vaults_countFiltered);
        DataTable<Row<VaultSummary>> table = list.makeTable(body, SWT.SINGLE, Messages.vaults_table, columns());
        table.onSelect(site.selection()::set).onOpen(row -> Commands.run(VaultsIds.OPEN))
                .onSort((column, descending) -> {
                    list.model().setOrder(VaultOrder.of(column, descending));
                    return true;
                });
        table.showOrder(VaultOrder.NAME, false);
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

    private void revealWanted() {
        Row<VaultSummary> vault = site.selection().takeWanted();
        if (vault != null) {
            list.clear();
            list.table().select(vault);
        }
    }

    /** Reads all lists anew. */
    public void refresh() {
        list.refresh();
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        list.focus();
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        reveals.close();
        list.close();
        site.selection().set(List.of());
    }
}
