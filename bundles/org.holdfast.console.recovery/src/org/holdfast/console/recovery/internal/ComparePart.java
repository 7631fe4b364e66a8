package org.holdfast.console.recovery.internal;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.client.recover.CompareModel;
import org.holdfast.console.client.recover.CompareModel.Difference;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

import jakarta.inject.Inject;

/** What differs between two recovery points of a server. */
public final class ComparePart extends RecoverPart {
    private final Wording wording = new Wording(Formats.local());
    private CompareModel model;
    private List<PointSummary> points = List.of();
    private PointSummary shownOlder;
    private PointSummary shownNewer;
    private Combo older;
    private Combo newer;
    private Combo scope;
    private Button start;
    private StatePanel results;
    private DataTable<Difference> table;
    private Label status;
    private Button show;
    private Button addOlder;
    private Button addNewer;

    /** Called by the workbench. */
    @Inject
    public ComparePart(RecoverSite site) {
        super(site);
    }

    @Override
    protected String id() {
        return "compare";
    }

    @Override
    protected void build(Composite content) {
        model = new CompareModel(session.ui(), this::showModel);
        var form = new Composite(content, SWT.NONE);
        form.setLayout(Ui.grid(6, 5));
        form.setLayoutData(Ui.wide());
        older = point(form, "compare.older", Messages.compare_older, Messages.compare_olderName);
        newer = point(form, "compare.newer", Messages.compare_newer, Messages.compare_newerName);
        scope = Ui.name(Ui.id(new Combo(form, SWT.READ_ONLY), "compare.scope"), Messages.compare_scope);
        scope.setItems(Messages.compare_whole);
        scope.select(0);
        var wide = Ui.wide();
        wide.widthHint = Ui.chars(form, 24);
        scope.setLayoutData(wide);
        start = Ui.button(form, "compare.start", Messages.compare_start, this::startOrStop);
        results = new StatePanel(content, "compare.results");
        results.setLayoutData(Ui.fill());
        table = new DataTable<>(results.content(), SWT.MULTI, "compare.table", Messages.compare_table, columns());
        table.onSelect(d -> showButtons()).onOpen(this::reveal).toolTip(d -> wording.describe(d.entry()))
                .setSource(model);
        site.attachMenu(table.control(), RecoverIds.COMPARE);
        var foot = new Composite(content, SWT.NONE);
        foot.setLayout(Ui.grid(4, 4));
        foot.setLayoutData(Ui.wide());
        status = Ui.id(new Label(foot, SWT.NONE), "compare.status");
        status.setLayoutData(Ui.wide());
        status.setForeground(Tone.MUTED.on(foot));
        show = Ui.button(foot, "compare.show", Messages.compare_show,
                () -> table.selection().stream().findFirst().ifPresent(this::reveal));
        addOlder = Ui.button(foot, "compare.addOlder", Messages.compare_addOlder,
                () -> add(shownOlder, Difference::older));
        addOlder.setImage(Icon.BASKET.image());
        addNewer = Ui.button(foot, "compare.addNewer", Messages.compare_addNewer,
                () -> add(shownNewer, Difference::newer));
        addNewer.setImage(Icon.BASKET.image());
        showModel();
    }

    private Combo point(Composite form, String id, String label, String name) {
        Ui.label(form, label);
        var combo = Ui.name(Ui.id(new Combo(form, SWT.READ_ONLY), id), name);
        combo.addListener(SWT.Selection, e -> showButtons());
        return combo;
    }

    private List<Column<Difference>> columns() {
        Formats f = wording.formats();
        return List.of(
                Column.<Difference>text("change", Messages.compare_change, 14, d -> Wording.change(d.change()))
                        .with(d -> Wording.icon(d.change())),
                Column.<Difference>text("path", Messages.compare_path, 40, d -> d.entry().path().toString())
                        .with(d -> Wording.icon(d.entry().type())).growing(),
                Column.number("olderSize", Messages.compare_olderSize, 18, d -> size(d.older())),
                Column.number("newerSize", Messages.compare_newerSize, 18, d -> size(d.newer())),
                Column.text("olderTime", Messages.compare_olderTime, 25,
                        d -> d.older() == null ? "" : f.time(d.older().modified())),
                Column.text("newerTime", Messages.compare_newerTime, 25,
                        d -> d.newer() == null ? "" : f.time(d.newer().modified())));
    }

    private String size(Entry entry) {
        return entry == null ? "" : wording.size(entry);
    }

    @Override
    protected void changed(Topic topic) {
        switch (topic) {
            case VAULT -> model.clear();
            case POINTS, POINT -> showPoints();
            case FOLDER -> showScope();
            default -> {
                // no matter to a comparison
            }
        }
    }

    /** Proposes the chosen point and the one before it, as long as nobody has compared yet. */
    private void showPoints() {
        if (session.connection() == null) {
            panel().showPrompt(Icon.VAULT_LARGE, Messages.part_noVault, "");
            return;
        }
        PointSummary chosen = session.point();
        List<PointSummary> fresh = chosen == null ? List.of()
                : session.points().stream().filter(p -> p.server().equals(chosen.server())).toList();
        if (fresh.size() < 2) {
            panel().showEmpty(Icon.HISTORY_LARGE, session.isLoading() ? "" : Messages.compare_one,
                    session.isLoading() ? "" : Messages.compare_oneText);
            return;
        }
        panel().showContent();
        if (!fresh.equals(points)) {
            points = fresh;
            String[] times = points.stream().map(p -> wording.formats().time(p.time())).toArray(String[]::new);
            older.setItems(times);
            newer.setItems(times);
            older.requestLayout();
            newer.requestLayout();
        }
        if (model.state() == CompareModel.State.IDLE || newer.getSelectionIndex() < 0) {
            int at = Math.max(1, points.indexOf(chosen));
            newer.select(at);
            older.select(at - 1);
        }
        showScope();
    }

    private void showScope() {
        RawPath folder = session.folder();
        PointSummary point = session.point();
        boolean some = point != null && !folder.equals(point.base()) && !folder.isEmpty();
        int selected = scope.getSelectionIndex();
        if (some) {
            scope.setItems(Messages.compare_whole,
                    NLS.bind(Messages.compare_chosenFolder, Ui.plain(folder.toString())));
        } else {
            scope.setItems(Messages.compare_whole);
        }
        scope.select(Math.min(Math.max(0, selected), scope.getItemCount() - 1));
        showButtons();
    }

    private void startOrStop() {
        if (model.state() == CompareModel.State.RUNNING) {
            model.cancel();
        } else {
            compare();
        }
    }

    private void compare() {
        int a = older.getSelectionIndex();
        int b = newer.getSelectionIndex();
        if (session.connection() == null || a < 0 || b < 0 || a == b) {
            return;
        }
        shownOlder = points.get(Math.min(a, b));
        shownNewer = points.get(Math.max(a, b));
        older.select(Math.min(a, b));
        newer.select(Math.max(a, b));
        model.start(session.connection(), shownOlder, shownNewer,
                scope.getSelectionIndex() == 1 ? session.folder() : shownNewer.base());
    }

    private void showModel() {
        if (panel().isDisposed()) {
            return;
        }
        Formats f = wording.formats();
        String count = model.size() == 1 ? Messages.compare_oneDifference
                : NLS.bind(Messages.compare_differences, f.count(model.size()));
        boolean none = model.size() == 0;
        if (model.failure() != null) {
            results.showError(model.failure(), this::compare);
        } else if (model.state() == CompareModel.State.IDLE) {
            results.showPrompt(Icon.HISTORY_LARGE, Messages.compare_prompt, Messages.compare_promptText);
        } else if (none && model.state() == CompareModel.State.RUNNING) {
            results.showLoading(NLS.bind(Messages.compare_running, count, f.count(model.folders())));
        } else if (none) {
            results.showEmpty(Icon.HISTORY_LARGE, Messages.compare_none, Messages.compare_noneText);
        } else {
            results.showContent();
        }
        table.shapeChanged();
        Ui.setText(status, switch (model.state()) {
            case IDLE, FAILED -> "";
            case RUNNING -> NLS.bind(Messages.compare_running, count, f.count(model.folders()));
            case CANCELLED -> NLS.bind(Messages.compare_cancelled, count);
            case DONE -> model.isLimited() ? NLS.bind(Messages.compare_limited, count) : count;
        });
        showButtons();
    }

    private void showButtons() {
        boolean running = model.state() == CompareModel.State.RUNNING;
        start.setText(running ? Messages.search_stop : Messages.compare_start);
        start.setEnabled(running || older.getSelectionIndex() != newer.getSelectionIndex());
        if (show != null) {
            List<Difference> chosen = table.selection();
            show.setEnabled(chosen.size() == 1);
            addOlder.setEnabled(chosen.stream().anyMatch(d -> d.older() != null));
            addNewer.setEnabled(chosen.stream().anyMatch(d -> d.newer() != null));
        }
    }

    private void add(PointSummary point, Function<Difference, Entry> side) {
        session.addItems(table.selection().stream().map(side).filter(Objects::nonNull)
                .map(entry -> new Basket.Item(point, entry)).toList());
    }

    private void reveal(Difference difference) {
        actions.reveal(difference.newer() == null ? shownOlder : shownNewer, difference.entry().path());
    }

    @Override
    protected void closed() {
        if (model != null) {
            model.cancel();
        }
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (session == null || panel().state() != StatePanel.State.CONTENT) {
            panel().setFocus();
        } else if (model.size() > 0) {
            table.enter();
        } else {
            start.setFocus();
        }
    }
}
