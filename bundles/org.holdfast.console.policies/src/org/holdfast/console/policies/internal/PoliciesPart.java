package org.holdfast.console.policies.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.RowList;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.policies.PoliciesIds;

/** The policies of all vaults, in plain words. */
public final class PoliciesPart {
    private static final String NAME = "name";
    private static final String VAULT = "vault";

    /**
     * The servers that follow a policy.
     *
     * @param servers how many
     * @param next when the first of them backs up next, or null when none of them said
     */
    private record Followers(int servers, @Nullable Instant next) {
        Followers and(Followers other) {
            Instant mine = next;
            Instant its = other.next;
            return new Followers(servers + other.servers,
                    mine == null || its != null && its.isBefore(mine) ? its : mine);
        }
    }

    private final PoliciesSite site;
    private final PolicyWords words = new PolicyWords(Formats.local());
    /** By {@link #key}; counted on background threads, read while rows are painted. */
    private volatile Map<String, Followers> followers = Map.of();
    private RowList<VaultPolicy> list;
    private FleetRows<ServerSummary> servers;

    /** Called by the workbench. */
    @Inject
    public PoliciesPart(PoliciesSite site) {
        this.site = site;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        list = new RowList<>(parent, new RowList.Kind<>("policies", LiveFleet::policies, List.of(), words::searched,
                order(NAME, false), VaultPolicy::key),
                new FleetPanel.Nothing(Icon.EMPTY_LARGE, Messages.policies_none, Messages.policies_noneText,
                        new StatePanel.Action("policies.new", Messages.policies_new, this::create),
                        new StatePanel.Action("policies.refresh", Messages.policies_refresh, this::refresh)),
                () -> list.clear());
        build(new Composite(list.content(), SWT.NONE));
        list.start(site.connections());
        servers = new FleetRows<>(site.connections(), LiveFleet::servers, source -> {
            followers = count(source.rows());
            Ui.async(list.panel(), list.table()::rowsArrived);
        });
    }

    private void build(Composite body) {
        body.setLayout(Ui.grid(1, 4));
        body.setLayoutData(Ui.fill());
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(2));
        top.setLayoutData(Ui.wide());
        list.makeFilter(top, Messages.policies_filter);
        list.makeCount(top, Messages.policies_count, Messages.policies_countFiltered);
        DataTable<Row<VaultPolicy>> table = list.makeTable(body, SWT.SINGLE, Messages.policies_table, columns());
        table.toolTip(row -> String.join("\n", row.value().policy().items())).onSort((column, descending) -> {
            if (!List.of(NAME, VAULT).contains(column)) {
                return false;
            }
            list.model().setOrder(order(column, descending));
            return true;
        });
        table.onSelect(site.selection()::set)
                .onOpen(row -> PolicyEditor.edit(table.control().getShell(), words, row));
        table.showOrder(NAME, false);
        table.control().addListener(SWT.KeyDown, this::pressed);
        site.attachMenu(table.control(), PoliciesIds.POLICIES);
    }

    private List<Column<Row<VaultPolicy>>> columns() {
        return List.of(
                Column.<Row<VaultPolicy>>text(NAME, Messages.policies_name, 18, r -> r.value().policy().name())
                        .with(r -> Icon.POLICY),
                Column.text(VAULT, Messages.column_name, 14, r -> r.value().vault()),
                Column.text("connection", Messages.column_connection, 16, r -> r.session().connection().name()),
                Column.text("schedule", Messages.policies_schedule, 46,
                        r -> words.schedule(r.value().policy().plan())),
                Column.<Row<VaultPolicy>>text("retention", Messages.policies_retention, 40,
                        r -> words.retention(r.value().policy().retention())).growing(),
                Column.text("next", Messages.policies_next, 24, this::next),
                Column.number("servers", Messages.column_servers, 11,
                        r -> words.formats().count(followers(r).servers())));
    }

    private String next(Row<VaultPolicy> row) {
        Instant next = followers(row).next();
        return next == null ? "" : words.formats().time(next);
    }

    private Followers followers(Row<VaultPolicy> row) {
        return followers.getOrDefault(key(row), new Followers(0, null));
    }

    private static Map<String, Followers> count(List<Row<ServerSummary>> servers) {
        Map<String, Followers> counted = new HashMap<>();
        for (Row<ServerSummary> row : servers) {
            ServerSummary server = row.value();
            if (server.policy() != null && server.state() != ServerState.RETIRED) {
                counted.merge(row.session().connection().id() + server.vault() + '/' + server.policy(),
                        new Followers(1, server.nextBackup()), Followers::and);
            }
        }
        return counted;
    }

    private static Comparator<Row<VaultPolicy>> order(String column, boolean descending) {
        Comparator<Row<VaultPolicy>> byName = text(r -> r.value().policy().name()).thenComparing(PoliciesPart::key);
        Comparator<Row<VaultPolicy>> order = switch (column) {
            case VAULT -> text(r -> r.value().vault());
            default -> byName;
        };
        return (descending ? order.reversed() : order).thenComparing(byName);
    }

    private static Comparator<Row<VaultPolicy>> text(Function<Row<VaultPolicy>, String> text) {
        return Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER);
    }

    private static String key(Row<VaultPolicy> row) {
        return row.session().connection().id() + row.value().key();
    }

    private void pressed(Event e) {
        boolean plain = (e.stateMask & SWT.MODIFIER_MASK) == 0;
        if (plain && e.keyCode == SWT.INSERT) {
            create();
        } else if (plain && e.keyCode == SWT.DEL && PoliciesSources.mayChange(list.table().selection())) {
            new PolicyActions(list.panel().getShell(), words).delete(list.table().selection().getFirst());
        }
    }

    private void create() {
        var places = PoliciesSources.places(site.connections());
        if (!places.isEmpty()) {
            PolicyEditor.create(list.panel().getShell(), words, places, Policy.standard(""));
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
        site.selection().set(List.of());
        servers.close();
        list.close();
    }
}
