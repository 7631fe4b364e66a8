package org.holdfast.console.recovery.internal;

import java.util.List;
import java.util.Objects;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CLabel;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.DirectoryRows;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.client.recover.RowOrder;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.recovery.internal.preview.PreviewPane;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

import jakarta.inject.Inject;

/** Folders of the chosen recovery point, and what is in the chosen one. */
public final class BrowsePart extends RecoverPart implements DirectoryRows.Listener {
    private static final int WIDE = 120;

    private final Wording wording = new Wording(Formats.local());
    private FolderTreeView tree;
    private StatePanel contents;
    private DataTable<Entry> table;
    private FilterField filter;
    private CLabel path;
    private Label status;
    private Button up;
    private Button add;
    private Button restore;
    private Button toggle;
    private PreviewPane preview;
    private DirectoryRows rows;
    private RowOrder order = RowOrder.BY_NAME;
    private PointSummary shown;

    /** Called by the workbench. */
    @Inject
    public BrowsePart(RecoverSite site) {
        super(site);
    }

    @Override
    protected String id() {
        return "browse";
    }

    @Override
    protected void build(Composite content) {
        var sash = new SashForm(content, SWT.HORIZONTAL | SWT.SMOOTH);
        sash.setLayoutData(Ui.fill());
        tree = new FolderTreeView(sash, wording.formats(), session::chooseFolder);
        site.attachMenu(tree.control(), RecoverIds.BROWSE + ".tree");
        var side = new SashForm(sash, SWT.HORIZONTAL | SWT.SMOOTH);
        var right = new Composite(side, SWT.NONE);
        right.setLayout(Ui.grid(1));
        preview = new PreviewPane(side, session, wording, site.previews());
        side.setWeights(60, 40);
        side.addListener(SWT.Resize, e -> {
            // where there is no room beside the table, the preview stands below it
            boolean wide = side.getSize().x > Ui.chars(side, WIDE);
            side.setOrientation(wide ? SWT.HORIZONTAL : SWT.VERTICAL);
        });
        sash.setWeights(24, 76);
        buildBar(right);
        contents = new StatePanel(right, "browse.contents");
        contents.setLayoutData(Ui.fill());
        table = new DataTable<>(contents.content(), SWT.MULTI, "browse.table", Messages.browse_table, columns());
        table.onSelect(session::chooseEntries).onOpen(this::open).onSort(this::sort).toolTip(wording::describe)
                .locateBy(e -> rows == null ? -1 : rows.find(e.path()));
        table.showOrder(RowOrder.Column.NAME.name(), false);
        table.control().addListener(SWT.KeyDown, this::key);
        filter.setRows(table);
        showPreview();
        content.setData(FilterField.KEY, filter.control());
        site.attachMenu(table.control(), RecoverIds.BROWSE);
        var foot = new Composite(right, SWT.NONE);
        foot.setLayout(Ui.grid(1, 3));
        foot.setLayoutData(Ui.wide());
        status = Ui.id(new Label(foot, SWT.NONE), "browse.status");
        status.setLayoutData(Ui.wide());
        status.setForeground(Tone.MUTED.on(foot));
    }

    private void buildBar(Composite parent) {
        var bar = new Composite(parent, SWT.NONE);
        bar.setLayout(Ui.grid(6, 4));
        bar.setLayoutData(Ui.wide());
        up = Ui.button(bar, "browse.up", "", this::up);
        up.setImage(Icon.UP.image());
        up.setToolTipText(Messages.browse_up);
        Ui.name(up, Messages.browse_up);
        path = Ui.id(new CLabel(bar, SWT.NONE), "browse.path");
        path.setLayoutData(Ui.wide());
        filter = new FilterField(bar, "browse.filter", Messages.browse_filter, this::filter);
        var width = new org.eclipse.swt.layout.GridData(SWT.FILL, SWT.CENTER, false, false);
        width.widthHint = Ui.chars(bar, 26);
        filter.control().setLayoutData(width);
        add = Ui.button(bar, "browse.add", Messages.browse_add, () -> actions.addToBasket(session.entries()));
        add.setImage(Icon.BASKET.image());
        restore = Ui.button(bar, "browse.restore", Messages.browse_restore,
                () -> actions.restoreSelection(bar.getShell()));
        restore.setImage(Icon.RESTORE.image());
        toggle = Ui.id(new Button(bar, SWT.TOGGLE), "browse.preview");
        toggle.setText(Messages.browse_preview);
        toggle.setToolTipText(Messages.browse_previewTip);
        toggle.setSelection(site.settings().isPreview());
        toggle.addListener(SWT.Selection, e -> showPreview());
    }

    private void showPreview() {
        boolean on = toggle.getSelection();
        site.settings().setPreview(on);
        preview.setVisible(on);
        preview.setActive(on);
        preview.getParent().layout();
    }

    private List<Column<Entry>> columns() {
        Formats f = wording.formats();
        return List.of(
                Column.<Entry>text(RowOrder.Column.NAME.name(), Messages.browse_name, 36, Wording::name)
                        .with(e -> Wording.icon(e.type())).growing(),
                Column.number(RowOrder.Column.SIZE.name(), Messages.browse_size, 18, wording::size),
                Column.text(RowOrder.Column.MODIFIED.name(), Messages.browse_modified, 24, e -> f.time(e.modified())),
                Column.<Entry>text(RowOrder.Column.CHANGE.name(), Messages.browse_change, 14,
                        e -> Wording.change(e.change())).with(e -> Wording.icon(e.change())));
    }

    @Override
    protected void changed(Topic topic) {
        switch (topic) {
            case VAULT, POINT, POINTS -> showPoint();
            case FOLDER -> showFolder();
            case ENTRIES -> {
                showButtons();
                preview.choose();
            }
            case REVEAL -> reveal();
            case BASKET -> {
                // shown elsewhere
            }
        }
    }

    private void showPoint() {
        PointSummary point = session.point();
        VaultConnection connection = session.connection();
        if (!hasPoint(Messages.browse_noPoint)) {
            shown = null;
            tree.clear();
            disposeRows();
            return;
        }
        panel().showContent();
        if (!Objects.equals(point, shown)) {
            shown = point;
            tree.show(connection, point, session.ui(), session.folder());
            openFolder();
        }
    }

    private void showFolder() {
        if (shown != null && (rows == null || !rows.directory().equals(session.folder()))) {
            tree.select(session.folder());
            openFolder();
        }
    }

    /** Starts to show what is in the chosen folder of the chosen point. */
    private void openFolder() {
        disposeRows();
        RawPath folder = session.folder();
        path.setText(Ui.plain(folder.toString()));
        path.setToolTipText(folder.toString());
        up.setEnabled(!folder.equals(shown.base()));
        filter.reset();
        rows = new DirectoryRows(session.connection(), shown.id(), folder, session.ui(), this);
        rows.setOrder(order);
        table.setSource(rows);
        rows.start();
        showRows();
    }

    private void disposeRows() {
        if (rows != null) {
            rows.dispose();
            rows = null;
        }
    }

    @Override
    public void shapeChanged() {
        if (!table.control().isDisposed()) {
            table.shapeChanged();
            showRows();
        }
    }

    @Override
    public void rowsArrived() {
        if (!table.control().isDisposed()) {
            table.rowsArrived();
        }
    }

    private void showRows() {
        Formats f = wording.formats();
        String text = "";
        switch (rows.state()) {
            case LOADING -> contents.showLoading(NLS.bind(Messages.browse_loading, rows.directory()));
            case FAILED -> showFailure();
            case READY -> {
                if (rows.total() == 0) {
                    contents.showEmpty(Icon.EMPTY_LARGE, Messages.browse_empty, "");
                } else if (rows.size() == 0 && !rows.isScanning()) {
                    contents.showFiltered(NLS.bind(Messages.browse_filtered, f.count(rows.total()), rows.filter()),
                            filter::clear);
                } else {
                    contents.showContent();
                }
                text = counts(f);
            }
        }
        Ui.setText(status, text);
        showButtons();
    }

    private String counts(Formats f) {
        if (rows.isScanning()) {
            return NLS.bind(Messages.browse_scanning, new Object[] { f.count(rows.filter().isEmpty() ? 0 : rows.size()),
                    f.count(rows.scanned()), f.count(rows.total()) });
        }
        if (!rows.filter().isEmpty()) {
            return NLS.bind(Messages.browse_countFiltered, f.count(rows.size()), f.count(rows.total()));
        }
        int chosen = session.entries().size();
        return chosen > 1 ? NLS.bind(Messages.browse_countSelected, f.count(rows.total()), f.count(chosen))
                : rows.total() == 1 ? Messages.size_oneEntry
                        : NLS.bind(Messages.size_entries, f.count(rows.total()));
    }

    private void showFailure() {
        boolean gone = rows.failure().problem() == Problem.PATH_NOT_FOUND;
        if (gone && !rows.directory().equals(shown.base())) {
            contents.showEmpty(Icon.EMPTY_LARGE, Messages.browse_gone,
                    NLS.bind(Messages.browse_goneText, rows.directory(), wording.formats().time(shown.time())),
                    new StatePanel.Action("browse.goUp", Messages.browse_goUp, this::up));
        } else {
            contents.showError(rows.failure(), rows::start);
        }
    }

    private void showButtons() {
        boolean some = !session.entries().isEmpty()
                && session.entries().stream().allMatch(e -> e.change() != Change.REMOVED);
        add.setEnabled(some);
        restore.setEnabled(some);
        if (rows != null && rows.state() == DirectoryRows.State.READY) {
            Ui.setText(status, counts(wording.formats()));
        }
    }

    private void reveal() {
        RawPath entry = session.wanted();
        VaultConnection connection = session.connection();
        if (entry == null || connection == null || rows == null) {
            return;
        }
        DirectoryRows here = rows;
        connection.entry(rows.pointId(), entry).whenCompleteAsync((found, thrown) -> {
            if (thrown == null && here == rows && !table.control().isDisposed()) {
                table.select(found);
            }
        }, session.ui());
    }

    private void filter(String text) {
        if (rows != null) {
            rows.setFilter(text);
            shapeChanged();
        }
    }

    private boolean sort(String column, boolean descending) {
        var wanted = new RowOrder(RowOrder.Column.valueOf(column), descending);
        if (rows == null || !rows.setOrder(wanted)) {
            Ui.setText(status, NLS.bind(Messages.browse_tooMany, wording.formats().count(DirectoryRows.SORT_LIMIT)));
            return false;
        }
        order = wanted;
        showRows();
        return true;
    }

    private void open(Entry entry) {
        if (entry.type() == EntryType.DIRECTORY) {
            session.chooseFolder(entry.path());
        } else {
            actions.addToBasket(List.of(entry));
        }
    }

    private void up() {
        RawPath folder = session.folder();
        if (shown != null && !folder.equals(shown.base())) {
            session.reveal(shown, folder);
        }
    }

    private void key(Event e) {
        if (e.keyCode == SWT.BS && e.stateMask == 0) {
            up();
        } else if (e.keyCode == SWT.INSERT) {
            actions.addToBasket(session.entries());
        } else if (e.keyCode == SWT.ESC && rows != null && !rows.filter().isEmpty()) {
            filter.clear();
        }
    }

    @Override
    protected void closed() {
        disposeRows();
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (session == null || panel().state() != StatePanel.State.CONTENT) {
            panel().setFocus();
        } else if (contents.state() == StatePanel.State.CONTENT) {
            table.control().setFocus();
        } else {
            tree.control().setFocus();
        }
    }
}
