package org.holdfast.console.vaults.internal.editor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.console.model.ManyAction;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.ManyDialog;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.FactTable;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.console.vaults.page.OpenVault;
import org.holdfast.console.vaults.page.VaultPage;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.DeletedPoint;
import org.holdfast.protocol.fleet.VaultProtection;

/** What keeps people from destroying the data of a vault, and what was deleted and can be brought back. */
public final class ProtectionPage implements VaultPage {
    private static final String DELETE = "point.delete";
    private static final int AT_ONCE = 4;
    private static final int SHOWN = 1000;
    private static final int FACTS = 8;

    private final Formats formats = Formats.local();
    private final ProtectionWords words = new ProtectionWords(formats);
    private final ListRows<DeletedPoint> deleted = new ListRows<>();
    private final ListRows<ServerSummary> given = new ListRows<>();
    private OpenVault vault;
    private Composite body;
    private StatePanel panel;
    private Bar bar;
    private Bar serverBar;
    private Button people;
    private Label note;
    private FactTable facts;
    private DataTable<DeletedPoint> points;
    private DataTable<ServerSummary> servers;
    private Asked<State> asked;
    private @Nullable VaultProtection now;
    private Subscription watching = () -> {
    };

    /** Called by the editor. */
    public ProtectionPage() {
        // nothing to prepare
    }

    /**
     * What the page asks for.
     *
     * @param protection of the vault
     * @param deleted the points deleted last
     */
    private record State(VaultProtection protection, Page<DeletedPoint> deleted) {
    }

    @Override
    public void create(Composite parent, OpenVault open) {
        vault = open;
        body = parent;
        bar = new Bar(parent, open)
                .add("protection.change", Messages.properties_change, "vault.manage",
                        () -> ChangeVaultDialog.open(parent.getShell(), vault.row()))
                .add("protection.undelete", Messages.protection_undelete, DELETE, this::nothingChosen, this::undelete)
                .add("protection.clock", Messages.protection_clockAccept, "clock.accept", this::clockIsGood,
                        this::acceptClock);
        panel = new StatePanel(parent, "protection.panel");
        panel.setLayoutData(Ui.fill());
        facts = new FactTable(panel.content(), "protection.facts", Messages.protection_table);
        var least = Ui.wide();
        least.heightHint = facts.table().control().getItemHeight() * FACTS;
        facts.table().setLayoutData(least);
        pointsTable(panel.content());
        serversTable(panel.content());
        asked = new Asked<>(panel, this::ask, this::show);
        watching = vault.session().live().servers().changes().add(l -> Ui.async(parent, this::showServers));
    }

    private void pointsTable(Composite parent) {
        var head = new Composite(parent, SWT.NONE);
        head.setLayout(Ui.grid(3));
        head.setLayoutData(Ui.wide());
        Ui.label(head, Messages.protection_deleted);
        note = Ui.id(new Label(head, SWT.NONE), "protection.note");
        note.setLayoutData(Ui.wide());
        people = Ui.id(new Button(head, SWT.CHECK), "protection.people");
        people.setText(Messages.protection_people);
        people.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false));
        people.addListener(SWT.Selection, e -> asked.again());
        points = new DataTable<>(parent, SWT.MULTI, "protection.points", Messages.protection_deleted, List.of(
                Column.<DeletedPoint>text("server", Messages.column_server, 24, DeletedPoint::server)
                        .with(p -> Icon.SERVER).growing(),
                Column.text("time", Messages.protection_point, 22, p -> formats.time(p.time())),
                Column.number("stored", Messages.protection_added, 10, p -> formats.size(p.storedBytes())),
                Column.text("deleted", Messages.protection_when, 22, p -> formats.time(p.deleted())),
                Column.text("by", Messages.protection_by, 22, ProtectionWords::by),
                Column.text("purged", Messages.protection_purged, 22, p -> formats.time(p.purged()))));
        points.toolTip(p -> NLS.bind(Messages.protection_tip, formats.preciseTime(p.purged()), p.point()));
        points.onSelect(selected -> bar.update());
        points.setSource(deleted);
    }

    private void serversTable(Composite parent) {
        Ui.label(parent, Messages.protection_servers);
        serverBar = new Bar(parent, vault, () -> servers.selection().size() == 1 ? null : Messages.protection_oneServer)
                .add("protection.deleteData", Messages.protection_deleteData, DELETE, this::deleteData)
                .add("protection.undeleteData", Messages.protection_undeleteData, DELETE, this::undeleteData);
        servers = new DataTable<>(parent, SWT.SINGLE, "protection.servers", Messages.protection_servers, List.of(
                Column.<ServerSummary>text("name", Messages.column_server, 24, ServerSummary::name)
                        .with(s -> Icon.SERVER).growing(),
                Column.number("points", Messages.column_points, 10, s -> formats.count(s.points())),
                Column.number("stored", Messages.column_stored, 12, s -> formats.size(s.storedBytes())),
                Column.text("last", Messages.column_lastBackup, 24,
                        s -> s.lastBackup() == null ? Messages.none : formats.time(s.lastBackup()))));
        var low = Ui.wide();
        low.heightHint = servers.control().getItemHeight() * 5;
        servers.setLayoutData(low);
        servers.onSelect(selected -> serverBar.update());
        servers.setSource(given);
    }

    private String name() {
        return vault.summary().name();
    }

    private CompletableFuture<State> ask() {
        var api = vault.session().api();
        ListQuery query = ListQuery.all().limitedTo(SHOWN).sortedBy("-deleted");
        if (people.getSelection()) {
            query = query.where("deletedBy!=" + ProtectionWords.RETENTION);
        }
        return api.vaults().protection(name()).thenCombine(api.points().deleted(name(), query), State::new);
    }

    private void show(State state) {
        now = state.protection();
        facts.show(words.facts(vault.summary(), state.protection()));
        if (deleted.set(state.deleted().items())) {
            points.shapeChanged();
        }
        Long total = state.deleted().total();
        int shown = state.deleted().items().size();
        Ui.setText(note, total != null && total > shown
                ? NLS.bind(Messages.protection_more, formats.count(shown), formats.count(total))
                : shown == 0 ? Messages.protection_nothing : "");
        showServers();
        bar.update();
    }

    private void showServers() {
        String name = name();
        if (given.set(vault.session().live().servers().snapshot().stream()
                .filter(s -> s.vault().equals(name) && s.state() == ServerState.RETIRED)
                .sorted(Comparator.comparing(ServerSummary::name)).toList())) {
            servers.shapeChanged();
        }
        serverBar.update();
    }

    private @Nullable String nothingChosen() {
        return points.selection().isEmpty() ? Messages.protection_choose : null;
    }

    private void undelete() {
        var many = new ManyAction<>(new ArrayList<>(points.selection()), p -> null,
                p -> vault.session().api().points().undelete(name(), p.point()), AT_ONCE,
                Ui.executor(body.getDisplay()));
        many.changes().add(action -> Ui.async(body, () -> {
            if (action.isOver()) {
                asked.again();
            }
        }));
        new ManyDialog<>(body.getShell(), Messages.protection_undeleteTitle, Messages.protection_undeleteText, many,
                p -> NLS.bind(Messages.protection_pointOf, p.server(), formats.time(p.time()))).open();
    }

    private void deleteData() {
        ServerSummary server = servers.selection().getFirst();
        new ConfirmDialog(body.getShell(), new ConfirmDialog.Question("deleteData", Messages.deleteData_title,
                NLS.bind(Messages.deleteData_text, new Object[] { server.name(), formats.count(server.points()),
                        words.wayBack(vault.summary()) }),
                Messages.deleteData_verb, server.name(),
                Messages.deleteData_name), () -> vault.session().api().servers().deleteData(name(), server.id()),
                asked::again).open();
    }

    private void undeleteData() {
        ServerSummary server = servers.selection().getFirst();
        new ConfirmDialog(body.getShell(), new ConfirmDialog.Question("undeleteData", Messages.undeleteData_title,
                NLS.bind(Messages.undeleteData_text, server.name()), Messages.undeleteData_verb, null, ""),
                () -> vault.session().api().servers().undeleteData(name(), server.id()), asked::again).open();
    }

    private @Nullable String clockIsGood() {
        VaultProtection known = now;
        return known != null && known.clock().frozen() != null ? null : Messages.protection_clockGood;
    }

    private void acceptClock() {
        VaultProtection known = now;
        if (known != null) {
            new ConfirmDialog(body.getShell(), new ConfirmDialog.Question("acceptClock", Messages.acceptClock_title,
                    NLS.bind(Messages.acceptClock_text, formats.preciseTime(known.clock().now()),
                            String.valueOf(known.clock().reason())),
                    Messages.acceptClock_verb, null, ""),
                    () -> vault.session().api().maintenance().acceptClock(), asked::again).open();
        }
    }

    @Override
    public void update() {
        bar.update();
        serverBar.update();
        var v = vault.summary();
        asked.ask(List.of(v.name(), v.points(), v.immutability(), v.softDelete()));
    }

    @Override
    public void refresh() {
        asked.again();
    }

    @Override
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            facts.table().enter();
        } else {
            panel.setFocus();
        }
    }

    @Override
    public void dispose() {
        watching.close();
    }
}
