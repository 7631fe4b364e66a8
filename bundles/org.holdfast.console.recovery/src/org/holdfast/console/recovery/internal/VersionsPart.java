package org.holdfast.console.recovery.internal;

import java.util.List;
import java.util.Objects;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.client.recover.VersionsModel;
import org.holdfast.console.client.recover.VersionsModel.Version;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

import jakarta.inject.Inject;

/** Versions of the chosen file over all recovery points of its server. */
public final class VersionsPart extends RecoverPart {
    /** A person who runs through a table with the arrow keys does not want to know the versions of each file. */
    private static final int WAIT_MILLIS = 150;

    private final Wording wording = new Wording(Formats.local());
    private VersionsModel model;
    private CLabel path;
    private Label status;
    private DataTable<Version> table;
    private Button show;
    private Button add;
    private int changes;

    /** Called by the workbench. */
    @Inject
    public VersionsPart(RecoverSite site) {
        super(site);
    }

    @Override
    protected String id() {
        return "versions";
    }

    @Override
    protected void build(Composite content) {
        model = new VersionsModel(session.ui(), this::showModel);
        var head = new Composite(content, SWT.NONE);
        head.setLayout(Ui.grid(1, 5));
        head.setLayoutData(Ui.wide());
        path = Ui.id(new CLabel(head, SWT.NONE), "versions.path");
        path.setLayoutData(Ui.wide());
        Formats f = wording.formats();
        table = new DataTable<>(content, SWT.SINGLE, "versions.table", Messages.versions_table, List.of(
                Column.<Version>text("modified", Messages.versions_modified, 24, v -> f.time(v.entry().modified()))
                        .growing(),
                Column.number("size", Messages.versions_size, 10, v -> wording.size(v.entry())),
                Column.number("points", Messages.versions_points, 10, v -> f.count(v.points()))));
        table.onSelect(v -> showButtons()).onOpen(this::reveal).toolTip(this::explain).setSource(model);
        site.attachMenu(table.control(), RecoverIds.VERSIONS);
        var foot = new Composite(content, SWT.NONE);
        foot.setLayout(Ui.grid(2, 4));
        foot.setLayoutData(Ui.wide());
        status = Ui.id(new Label(foot, SWT.NONE), "versions.status");
        status.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        status.setForeground(Tone.MUTED.on(foot));
        show = Ui.button(foot, "versions.show", Messages.versions_show,
                () -> table.selection().stream().findFirst().ifPresent(this::reveal));
        add = Ui.button(foot, "versions.add", Messages.versions_add, () -> table.selection().forEach(
                v -> session.addItems(List.of(new Basket.Item(v.newest(), v.entry())))));
        add.setImage(Icon.BASKET.image());
        show.setLayoutData(new GridData(SWT.END, SWT.CENTER, true, false));
    }

    @Override
    protected void changed(Topic topic) {
        switch (topic) {
            case VAULT, POINT, ENTRIES -> follow();
            default -> {
                // the points of a server change only by refresh, which leaves the choice alone
            }
        }
    }

    /** Waits a moment, because a choice that goes away often comes back at once, as when the point changes. */
    private void follow() {
        int mine = ++changes;
        Ui.after(WAIT_MILLIS, panel(), () -> {
            if (mine == changes) {
                show(session.entries());
            }
        });
    }

    private void show(List<Entry> entries) {
        if (entries.size() != 1 || session.connection() == null) {
            model.clear();
            table.shapeChanged();
            panel().showPrompt(Icon.HISTORY_LARGE, Messages.versions_none, Messages.versions_noneText);
        } else if (!Objects.equals(entries.getFirst().path(), model.path())) {
            ask(entries.getFirst().path());
        }
    }

    private void ask(RawPath wanted) {
        PointSummary point = session.point();
        if (session.connection() == null || point == null) {
            return;
        }
        path.setText(Ui.plain(wanted.toString()));
        path.setToolTipText(wanted.toString());
        List<PointSummary> points = session.connection().points().stream()
                .filter(p -> p.server().equals(point.server())).toList();
        model.show(session.connection(), wanted, points);
    }

    private void showModel() {
        if (panel().isDisposed()) {
            return;
        }
        if (model.failure() != null) {
            RawPath again = model.path();
            panel().showError(model.failure(), () -> ask(again));
            return;
        }
        panel().showContent();
        table.shapeChanged();
        Formats f = wording.formats();
        Ui.setText(status, model.isLoading()
                ? NLS.bind(Messages.versions_loading, f.count(model.asked()), f.count(model.toAsk()))
                : model.size() == 1 ? Messages.versions_one
                        : Texts.bind(Messages.versions_count, f.count(model.size()), f.count(model.toAsk())));
        showButtons();
    }

    private void showButtons() {
        boolean some = !table.selection().isEmpty();
        show.setEnabled(some);
        add.setEnabled(some);
    }

    private String explain(Version version) {
        Formats f = wording.formats();
        return NLS.bind(Messages.versions_toolTip, new Object[] { wording.describe(version.entry()),
                f.time(version.oldest().time()), f.time(version.newest().time()), f.count(version.points()) });
    }

    private void reveal(Version version) {
        actions.reveal(version.newest(), version.entry().path());
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
