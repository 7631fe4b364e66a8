package org.holdfast.console.recovery.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.client.recover.NameFilter;
import org.holdfast.console.client.recover.RecoverSession.Topic;
import org.holdfast.console.client.recover.SearchModel;
import org.holdfast.console.client.recover.SearchModel.Answers;
import org.holdfast.console.client.recover.SearchModel.Found;
import org.holdfast.console.recovery.RecoverIds;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

import jakarta.inject.Inject;

/** Searches recovery points by name, size and time; hits are shown while the search runs. */
public final class SearchPart extends RecoverPart {
    /** Choice of the scope: everything that is open. */
    private static final int SERVERS = 2;
    /** Choice of the scope: servers that were chosen for it. */
    private static final int CHOSEN = 3;
    private static final long[] SIZES = { -1, 1_000_000, 100_000_000, 1_000_000_000 };

    private final Wording wording = new Wording(Formats.local());
    private SearchModel model;
    private List<VaultConnection> chosen = List.of();
    private Text pattern;
    private Combo scope;
    private Combo size;
    private Button since;
    private DateTime sinceDate;
    private Button start;
    private StatePanel results;
    private DataTable<Found> table;
    private Label status;
    private Button show;
    private Button add;

    /** Called by the workbench. */
    @Inject
    public SearchPart(RecoverSite site) {
        super(site);
    }

    @Override
    protected String id() {
        return "search";
    }

    @Override
    protected void build(Composite content) {
        model = new SearchModel(session.ui(), this::showModel);
        buildForm(content);
        results = new StatePanel(content, "search.results");
        results.setLayoutData(Ui.fill());
        table = new DataTable<>(results.content(), SWT.MULTI, "search.table", Messages.search_table, columns());
        table.onSelect(h -> showButtons()).onOpen(this::reveal).toolTip(f -> wording.describe(f.hit().entry()))
                .setSource(model);
        site.attachMenu(table.control(), RecoverIds.SEARCH);
        var foot = new Composite(content, SWT.NONE);
        foot.setLayout(Ui.grid(3, 4));
        foot.setLayoutData(Ui.wide());
        status = Ui.id(new Label(foot, SWT.NONE), "search.status");
        status.setLayoutData(Ui.wide());
        status.setForeground(Tone.MUTED.on(foot));
        show = Ui.button(foot, "search.show", Messages.search_show,
                () -> table.selection().stream().findFirst().ifPresent(this::reveal));
        add = Ui.button(foot, "search.add", Messages.search_add, () -> session.addItems(table.selection().stream()
                .map(f -> new Basket.Item(f.hit().point(), f.hit().entry())).toList()));
        add.setImage(Icon.BASKET.image());
        showModel();
    }

    private void buildForm(Composite content) {
        var form = new Composite(content, SWT.NONE);
        form.setLayout(Ui.grid(6, 5));
        form.setLayoutData(Ui.wide());
        pattern = Ui.id(new Text(form, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL), "search.pattern");
        Ui.name(pattern, Messages.search_pattern).setMessage(Messages.search_pattern);
        pattern.setToolTipText(Messages.search_patternHelp);
        var line = Ui.wide();
        line.horizontalSpan = 6;
        pattern.setLayoutData(line);
        pattern.addListener(SWT.DefaultSelection, e -> {
            if (e.detail != SWT.ICON_CANCEL) {
                search();
            }
        });
        pattern.addListener(SWT.Modify, e -> showButtons());
        pattern.addListener(SWT.KeyDown, e -> {
            if (e.keyCode == SWT.ESC) {
                e.doit = false;
                stopOrClear();
            } else if (e.keyCode == SWT.ARROW_DOWN) {
                e.doit = false;
                table.control().setFocus();
            }
        });
        content.setData(FilterField.KEY, pattern);
        scope = Ui.name(Ui.id(new Combo(form, SWT.READ_ONLY), "search.scope"), Messages.search_scope);
        scope.setItems(Messages.search_allPoints, Messages.search_thisPoint, Messages.search_servers);
        scope.setToolTipText(Messages.search_serversHelp);
        scope.select(0);
        scope.addListener(SWT.Selection, e -> showButtons());
        Button choose = Ui.button(form, "search.choose", Messages.search_choose, this::chooseServers);
        choose.setToolTipText(Messages.search_chooseHelp);
        choose.setEnabled(session.fleet() != null);
        size = Ui.name(Ui.id(new Combo(form, SWT.READ_ONLY), "search.size"), Messages.search_size);
        size.add(Messages.search_anySize);
        for (int i = 1; i < SIZES.length; i++) {
            size.add(NLS.bind(Messages.search_atLeast, wording.formats().size(SIZES[i])));
        }
        size.select(0);
        since = Ui.id(new Button(form, SWT.CHECK), "search.since");
        since.setText(Messages.search_since);
        sinceDate = Ui.name(Ui.id(new DateTime(form, SWT.DATE | SWT.DROP_DOWN | SWT.BORDER), "search.sinceDate"),
                Messages.search_sinceDate);
        sinceDate.setEnabled(false);
        since.addListener(SWT.Selection, e -> sinceDate.setEnabled(since.getSelection()));
        start = Ui.button(form, "search.start", Messages.search_start, this::startOrStop);
        start.setImage(Icon.SEARCH.image());
    }

    private List<Column<Found>> columns() {
        Formats f = wording.formats();
        return List.of(
                Column.<Found>text("name", Messages.search_name, 30, h -> Wording.name(h.hit().entry()))
                        .with(h -> Wording.icon(h.hit().entry().type())),
                Column.<Found>text("folder", Messages.search_folder, 30,
                        h -> h.hit().entry().path().parent().toString()).growing(),
                Column.number("size", Messages.search_sizeColumn, 12, h -> wording.size(h.hit().entry())),
                Column.text("modified", Messages.search_modified, 25, h -> f.time(h.hit().entry().modified())),
                Column.text("point", Messages.search_point, 25, h -> f.time(h.hit().point().time())),
                Column.number("also", Messages.search_also, 12,
                        h -> h.hit().alsoIn() == 0 ? "" : f.count(h.hit().alsoIn())),
                Column.text("server", Messages.search_server, 18, SearchPart::server));
    }

    private static String server(Found found) {
        ServerPlace place = found.connection().place();
        return place == null ? found.hit().point().server() : place.server().name();
    }

    /** Shows where it lies, in the data of its server. */
    private void reveal(Found found) {
        session.show(found.connection());
        actions.reveal(found.hit().point(), found.hit().entry().path());
    }

    /** Lets a person choose servers, and opens those that are not open. */
    private void chooseServers() {
        var dialog = new SearchServersDialog(panel().getShell(), session);
        dialog.open();
        take(dialog.connections());
    }

    /** Searches go through these servers from now on. */
    void take(List<VaultConnection> servers) {
        if (servers.isEmpty() || panel().isDisposed()) {
            return;
        }
        chosen = servers;
        if (scope.getItemCount() > CHOSEN) {
            scope.remove(CHOSEN);
        }
        scope.add(Texts.bind(Messages.search_chosen, wording.formats().count(servers.size())));
        scope.select(CHOSEN);
        if (session.connection() == null) {
            session.show(servers.getFirst());
        }
        scope.requestLayout();
        showButtons();
        pattern.setFocus();
    }

    /** What is searched now. */
    private List<VaultConnection> searched() {
        return switch (scope.getSelectionIndex()) {
            case SERVERS -> opened();
            case CHOSEN -> chosen.stream().filter(VaultConnection::isOpen).toList();
            default -> session.connection() == null ? List.of() : List.of(session.connection());
        };
    }

    private List<VaultConnection> opened() {
        return session.vaults().connections().stream().filter(VaultConnection::isOpen).toList();
    }

    @Override
    protected void changed(Topic topic) {
        switch (topic) {
            case VAULT -> {
                if (scope.getSelectionIndex() < SERVERS) {
                    model.clear();
                }
            }
            case POINTS, POINT -> {
                if (session.connection() == null) {
                    showNothingOpen();
                } else {
                    panel().showContent();
                }
                showButtons();
            }
            default -> {
                // no matter to a search
            }
        }
    }

    private void showNothingOpen() {
        var choose = new StatePanel.Action("search.chooseFirst", Messages.search_choose, this::chooseServers);
        panel().showPrompt(Icon.VAULT_LARGE, Messages.part_noVault, "",
                session.fleet() == null ? new StatePanel.Action[0] : new StatePanel.Action[] { choose });
    }

    private void startOrStop() {
        if (model.state() == SearchModel.State.RUNNING) {
            model.cancel();
        } else {
            search();
        }
    }

    private void stopOrClear() {
        if (model.state() == SearchModel.State.RUNNING) {
            model.cancel();
        } else {
            pattern.setText("");
            model.clear();
        }
    }

    private void search() {
        PointSummary point = session.point();
        List<VaultConnection> servers = searched();
        boolean onePoint = scope.getSelectionIndex() == 1;
        if (pattern.getText().isBlank() || servers.isEmpty() || onePoint && point == null) {
            return;
        }
        List<String> points = onePoint ? List.of(point.id()) : List.of();
        Instant after = !since.getSelection() ? null
                : LocalDate.of(sinceDate.getYear(), sinceDate.getMonth() + 1, sinceDate.getDay())
                        .atStartOfDay(wording.formats().zone()).toInstant();
        model.start(servers,
                new FindRequest(NameFilter.toGlob(pattern.getText()), points,
                        SIZES[size.getSelectionIndex()], -1, after, null));
    }

    private void showModel() {
        if (panel().isDisposed()) {
            return;
        }
        Formats f = wording.formats();
        String count = model.size() == 1 ? Messages.search_oneHit
                : NLS.bind(Messages.search_hits, f.count(model.size()));
        String text = switch (model.state()) {
            case IDLE, FAILED -> "";
            case RUNNING -> NLS.bind(Messages.search_running, count) + answered(f);
            case CANCELLED -> NLS.bind(Messages.search_cancelled, count);
            case DONE -> (model.isLimited() ? NLS.bind(Messages.search_limited, count) : count) + answered(f);
        };
        boolean none = model.size() == 0;
        if (model.failure() != null) {
            results.showError(model.failure(), this::search);
        } else if (model.state() == SearchModel.State.IDLE) {
            results.showPrompt(Icon.SEARCH_LARGE, Messages.search_prompt, Messages.search_patternHelp);
        } else if (none && model.state() == SearchModel.State.RUNNING) {
            results.showLoading(Messages.search_searching);
        } else if (none) {
            results.showEmpty(Icon.SEARCH_LARGE, Messages.search_none, Messages.search_noneText);
        } else {
            results.showContent();
        }
        table.shapeChanged();
        Ui.setText(status, text);
        showButtons();
    }

    /** How many servers have answered when several were asked, and why the others have not. */
    private String answered(Formats f) {
        Answers answers = model.progress();
        if (answers == null || answers.servers() < 2) {
            status.setToolTipText(null);
            return "";
        }
        status.setToolTipText(answers.refused().isEmpty() ? null
                : answers.refused().stream().map(r -> r.title() + ": " + r.failure().message())
                        .collect(Collectors.joining("\n")));
        String text = " \u00b7 " + NLS.bind(Messages.search_answered, f.count(answers.answered()),
                f.count(answers.servers()));
        return !answers.isPartial() ? text
                : text + " \u00b7 " + NLS.bind(Messages.search_missing,
                        answers.refused().stream().map(r -> r.title()).collect(Collectors.joining(", ")));
    }

    private void showButtons() {
        boolean running = model.state() == SearchModel.State.RUNNING;
        start.setText(running ? Messages.search_stop : Messages.search_start);
        start.setImage((running ? Icon.CANCEL : Icon.SEARCH).image());
        start.setEnabled(running || !pattern.getText().isBlank()
                && (session.point() != null || scope.getSelectionIndex() >= SERVERS && !searched().isEmpty()));
        List<Found> chosen = table == null ? List.of() : table.selection();
        if (show != null) {
            show.setEnabled(!chosen.isEmpty());
            add.setEnabled(!chosen.isEmpty()
                    && chosen.stream().allMatch(f -> f.connection() == session.connection()));
        }
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
        } else {
            pattern.setFocus();
        }
    }
}
