package org.holdfast.console.servers.internal.editor;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.vault.PointState;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FailureDialog;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.protocol.fleet.StartJob;

/** The recovery points of the server, the newest first, with what is known of each. */
public final class PointsPage implements ServerPage {
    private static final String RECOVER = "org.holdfast.console.recovery.recoverServer";
    private static final String RECOVER_SERVER = "org.holdfast.console.recovery.recoverServer.server";

    private final ServerWords words;
    private final ListRows<PointInfo> rows = new ListRows<>();
    private OpenServer server;
    private Bar bar;
    private StatePanel panel;
    private DataTable<PointInfo> table;
    private Asked<List<PointInfo>> asked;
    private Set<String> verified = Set.of();
    private Subscription jobs = () -> {
    };

    /** Called by the editor. */
    @Inject
    public PointsPage(ServerWords words) {
        this.words = words;
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        bar = ServerBar.of(parent, open)
                .add("points.recover", Messages.points_recover, "", PointsPage::cannotRecover,
                        () -> recover(server))
                .add("points.verify", Messages.points_verify, "job.run",
                        this::notOne, () -> verify(parent));
        // Also of servers that were given up: their points stay.
        bar.add("points.delete", Messages.points_delete, "point.delete", () -> ofOne(false), this::delete)
                .add("points.undelete", Messages.points_undelete, "point.delete", () -> ofOne(true), this::undelete);
        panel = new StatePanel(parent, "points.panel");
        panel.setLayoutData(Ui.fill());
        table = new DataTable<>(panel.content(), SWT.MULTI, "points.table", Messages.points_table, columns());
        table.onSelect(selected -> bar.update());
        table.onOpen(point -> {
            if (cannotRecover() == null) {
                recover(server);
            }
        });
        table.toolTip(this::explain);
        table.setSource(rows);
        asked = new Asked<>(panel, () -> server.session().api().points().ofServer(server.summary().vault(),
                server.summary().id()), points -> {
                    if (rows.set(points)) {
                        table.shapeChanged();
                    }
                    bar.update();
                    if (points.isEmpty()) {
                        panel.showEmpty(Icon.HISTORY_LARGE, Messages.points_none, Messages.points_noneText);
                    }
                });
        jobs = server.session().live().jobs().changes().add(l -> Ui.async(parent, this::marks));
    }

    private @Nullable String notOne() {
        return table.selection().size() == 1 ? null : Messages.points_chooseOne;
    }

    private @Nullable String ofOne(boolean deleted) {
        String why = notOne();
        return why != null ? why
                : deleted == (table.selection().getFirst().deleted() != null) ? null
                        : deleted ? Messages.points_notDeleted : Messages.points_isDeleted;
    }

    private void delete() {
        int days = server.session().live().vaults().snapshot().stream()
                .filter(v -> v.name().equals(server.summary().vault())).mapToInt(v -> v.softDelete().days())
                .findFirst().orElse(0);
        new DeletePointDialog(panel.getShell(), server, table.selection().getFirst(), days, words.formats(),
                asked::again).open();
    }

    private void undelete() {
        server.session().api().points().undelete(server.summary().vault(), table.selection().getFirst().id())
                .whenComplete((point, thrown) -> Ui.async(panel, () -> {
                    if (thrown != null) {
                        new FailureDialog(panel.getShell(), Failure.of(thrown)).open();
                    }
                    asked.again();
                }));
    }

    private List<Column<PointInfo>> columns() {
        Formats f = words.formats();
        return List.of(
                Column.<PointInfo>text("time", Messages.points_time, 24, p -> f.time(p.time())).growing(),
                Column.<PointInfo>text("state", Messages.points_state, 18, p -> state(p.state()))
                        .with(p -> icon(p.state())),
                Column.<PointInfo>text("mark", Messages.points_mark, 16, this::mark).with(this::markIcon),
                Column.number("files", Messages.points_files, 10, p -> f.count(p.files())),
                Column.number("size", Messages.points_size, 10, p -> f.size(p.bytes())),
                Column.number("stored", Messages.points_stored, 10, p -> f.size(p.storedBytes())),
                Column.number("warnings", Messages.points_warnings, 10, p -> f.count(p.warnings())),
                Column.text("policy", Messages.policy_name, 14, p -> p.policy() == null ? "" : p.policy()),
                Column.text("kept", Messages.points_kept, 24, this::kept));
    }

    private static String state(PointState state) {
        return switch (state) {
            case COMPLETED -> Messages.point_complete;
            case COMPLETED_WITH_WARNINGS -> Messages.point_warnings;
            case INTERRUPTED -> Messages.point_interrupted;
        };
    }

    private static Icon icon(PointState state) {
        return switch (state) {
            case COMPLETED -> Icon.COMPLETED;
            case COMPLETED_WITH_WARNINGS -> Icon.WARNINGS;
            case INTERRUPTED -> Icon.INTERRUPTED;
        };
    }

    private String mark(PointInfo point) {
        return point.damage() != null ? Messages.point_damaged
                : point.anomalous() ? Messages.point_unusual
                        : verified.contains(point.id()) ? Messages.point_verified : "";
    }

    private @Nullable Icon markIcon(PointInfo point) {
        return point.damage() != null ? Icon.ERROR
                : point.anomalous() ? Icon.ALERT : verified.contains(point.id()) ? Icon.COMPLETED : null;
    }

    private String explain(PointInfo point) {
        String text = NLS.bind(Messages.points_tip, words.formats().preciseTime(point.time()), point.id());
        return point.damage() == null ? text : text + '\n' + point.damage();
    }

    private String kept(PointInfo point) {
        if (point.deleted() != null) {
            return NLS.bind(Messages.points_deleted, words.formats().time(point.deleted()));
        }
        if (point.pin() != null) {
            return point.pin().until() == null ? Messages.points_pinned
                    : NLS.bind(Messages.points_pinnedUntil, words.formats().time(point.pin().until()));
        }
        return point.keepUntil() == null ? Messages.points_byPolicy
                : NLS.bind(Messages.points_until, words.formats().time(point.keepUntil()));
    }

    /** Which are verified, by jobs of the last days. */
    private void marks() {
        Set<String> good = JobText.of(server.row()).stream()
                .filter(j -> j.kind() == JobKind.VERIFY && j.state() == JobState.DONE).map(j -> j.point())
                .filter(Objects::nonNull).collect(Collectors.toSet());
        if (!good.equals(verified)) {
            verified = good;
            table.rowsArrived();
        }
    }

    @Override
    public void update() {
        ServerSummary s = server.summary();
        marks();
        bar.update();
        asked.ask(List.of(s.points(), String.valueOf(s.lastBackup()), s.storedBytes(), s.openAlerts()));
    }

    /** Why nothing can be recovered from here, null when it can. */
    static @Nullable String cannotRecover() {
        return Commands.isThere(RECOVER) ? null : Messages.points_noRecover;
    }

    /** Opens the data of the server in the perspective Recover. */
    static void recover(OpenServer server) {
        Commands.run(RECOVER, Map.of(RECOVER_SERVER, server.summary().id()));
    }

    private void verify(Composite parent) {
        PointInfo point = table.selection().getFirst();
        var job = new StartJob(UUID.randomUUID().toString(), server.summary().id(), JobKind.VERIFY, List.of(), null,
                null, point.id(), null);
        server.session().api().jobs().start(server.summary().vault(), job)
                .whenComplete((started, thrown) -> Ui.async(parent, () -> {
                    if (thrown == null) {
                        server.showPage(JobsPage.ID);
                    } else {
                        new FailureDialog(parent.getShell(), Failure.of(thrown)).open();
                    }
                }));
    }

    @Override
    public void refresh() {
        asked.again();
    }

    @Override
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            table.enter();
        } else {
            panel.setFocus();
        }
    }

    @Override
    public void dispose() {
        jobs.close();
    }
}
