package org.holdfast.console.recovery.internal;

import java.util.List;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;

import jakarta.inject.Inject;

/** Recovery points of the vault: a time line, and below it the same as a table. */
public final class PointsPart extends RecoverPart {
    private final Wording wording = new Wording(Formats.local());
    private final PointRows rows;
    private Label vault;
    private Label serverLabel;
    private Combo server;
    private Button other;
    private Button pin;
    private TimeLineStrip strip;
    private DataTable<PointSummary> table;
    private boolean showing;

    /** Called by the workbench. */
    @Inject
    public PointsPart(RecoverSite site) {
        super(site);
        rows = new PointRows(p -> session == null ? "" : Wording.mark(session.mark(p)),
                p -> session == null ? "" : wording.kept(p, session.mark(p)));
    }

    @Override
    protected String id() {
        return "points";
    }

    @Override
    protected void build(Composite content) {
        var header = new Composite(content, SWT.NONE);
        header.setLayout(Ui.grid(6, 4));
        header.setLayoutData(Ui.wide());
        var icon = new Label(header, SWT.NONE);
        icon.setImage(Icon.VAULT.image());
        vault = Ui.id(new Label(header, SWT.NONE), "points.vault");
        vault.setLayoutData(Ui.wide());
        serverLabel = Ui.label(header, Messages.points_server);
        server = Ui.name(Ui.id(new Combo(header, SWT.READ_ONLY), "points.server"), Messages.points_serverName);
        server.addListener(SWT.Selection, e -> session.chooseServer(
                server.getSelectionIndex() == 0 ? null : server.getItem(server.getSelectionIndex())));
        pin = Ui.button(header, "points.pin", Messages.points_pin, () -> actions.pin(panel().getShell()));
        pin.setImage(Icon.PIN.image());
        other = Ui.button(header, "points.choose", Messages.points_chooseOther, this::chooseServer);
        show(other, session.fleet() != null);
        strip = new TimeLineStrip(content, wording, session::choosePoint);
        strip.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        table = new DataTable<>(content, SWT.SINGLE, "points.table", Messages.points_table, columns());
        table.onSelect(this::chosen).toolTip(p -> wording.explain(p, session.mark(p))).onSort((column, descending) -> {
            rows.order(column, descending);
            table.shapeChanged();
            return true;
        }).onOpen(p -> actions.showPart(RecoverIds.BROWSE));
        table.showOrder(PointRows.TIME, true);
        table.setSource(rows);
        site.attachMenu(table.control(), RecoverIds.POINTS);
    }

    private List<Column<PointSummary>> columns() {
        Formats f = wording.formats();
        return List.of(
                Column.<PointSummary>text(PointRows.STATE, Messages.points_state, 26, p -> Wording.state(p.state()))
                        .with(p -> Wording.icon(p.state())),
                Column.text(PointRows.TIME, Messages.points_time, 24, p -> f.time(p.time())),
                Column.text(PointRows.SERVER, Messages.points_serverColumn, 18, PointSummary::server),
                Column.<PointSummary>text(PointRows.CHECKS, Messages.points_checks, 20,
                        p -> Wording.mark(session.mark(p))).with(p -> Wording.icon(session.mark(p))),
                Column.<PointSummary>text(PointRows.KEPT, Messages.points_kept, 18,
                        p -> wording.kept(p, session.mark(p)))
                        .with(p -> session.mark(p).pin() != null ? Icon.PIN : null),
                Column.text(PointRows.ITEMS, Messages.points_items, 30, Wording::items).growing(),
                Column.number(PointRows.FILES, Messages.points_files, 12, p -> f.count(p.files())),
                Column.number(PointRows.BYTES, Messages.points_bytes, 12, p -> f.size(p.bytes())),
                Column.number(PointRows.STORED, Messages.points_stored, 12, p -> f.size(p.storedBytes())),
                Column.number(PointRows.WARNINGS, Messages.points_warnings, 12,
                        p -> p.warnings() == 0 ? "" : f.count(p.warnings())));
    }

    private void chooseServer() {
        actions.recoverServer(panel().getShell(), null);
    }

    @Override
    protected void changed(Topic topic) {
        switch (topic) {
            case VAULT, POINTS -> showPoints();
            case POINT -> showChoice();
            default -> {
                // folder, entries and basket are shown elsewhere
            }
        }
    }

    private void showPoints() {
        VaultConnection connection = session.connection();
        if (connection == null) {
            panel().showPrompt(Icon.VAULT_LARGE, Messages.points_noVault, Messages.points_noVaultText,
                    start());
            return;
        }
        boolean first = session.points().isEmpty();
        if (session.failure() != null) {
            panel().showError(session.failure(), session::refresh);
        } else if (session.isLoading() && first) {
            panel().showLoading(NLS.bind(Messages.points_loading, connection.title()));
        } else if (first) {
            boolean fleet = connection.place() != null;
            panel().showEmpty(Icon.HISTORY_LARGE, fleet ? Messages.points_noneOfServer : Messages.points_none,
                    fleet ? Messages.points_noneOfServerText : Messages.points_noneText,
                    new StatePanel.Action("points.refresh", Messages.points_refresh, session::refresh));
        } else {
            panel().showContent();
        }
        showHeader(connection);
        showing = true;
        rows.set(session.points());
        table.shapeChanged();
        strip.setPoints(session.points(), session::mark);
        showing = false;
        showChoice();
    }

    private StatePanel.Action[] start() {
        var open = new StatePanel.Action("points.open", Messages.points_open,
                () -> actions.openVault(panel().getShell(), ""));
        return session.fleet() == null ? new StatePanel.Action[] { open }
                : new StatePanel.Action[] {
                        new StatePanel.Action("points.chooseServer", Messages.points_choose, this::chooseServer),
                        open };
    }

    private void showHeader(VaultConnection connection) {
        VaultInfo info = connection.info();
        Formats f = wording.formats();
        vault.setText(Ui.plain(Texts.bind(Messages.points_vault, new Object[] { connection.title(),
                f.count(session.points().size()), f.size(info.storedBytes()) })));
        show(pin, connection.place() != null);
        List<String> names = session.servers();
        server.removeAll();
        server.add(Messages.points_allServers);
        names.forEach(server::add);
        server.select(session.server() == null ? 0 : names.indexOf(session.server()) + 1);
        boolean several = names.size() > 1;
        show(serverLabel, several);
        show(server, several);
        server.requestLayout();
    }

    private static void show(Control control, boolean needed) {
        control.setVisible(needed);
        var data = control.getLayoutData() instanceof GridData there ? there : new GridData();
        data.exclude = !needed;
        control.setLayoutData(data);
    }

    private void showChoice() {
        PointSummary point = session.point();
        showing = true;
        strip.select(point);
        if (point == null) {
            table.control().deselectAll();
        } else if (!List.of(point).equals(table.selection())) {
            table.select(point);
        }
        showing = false;
        pin.setEnabled(session.mayPin());
    }

    private void chosen(List<PointSummary> points) {
        if (!showing && points.size() == 1) {
            session.choosePoint(points.getFirst());
        }
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (session == null || panel().state() != StatePanel.State.CONTENT) {
            panel().setFocus();
        } else {
            table.control().setFocus();
        }
    }
}
