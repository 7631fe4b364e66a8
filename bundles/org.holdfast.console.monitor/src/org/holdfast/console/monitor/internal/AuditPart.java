package org.holdfast.console.monitor.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.FleetRows;
import org.holdfast.console.model.PartState;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.protocol.people.AuditView;

/** Who did what on a vault server, the newest first; older entries are read while somebody scrolls down to them. */
public final class AuditPart {
    private static final String PERMISSION = "audit.read";

    private final MonitorSite site;
    private final AuditWords words;
    private final Clock clock;
    private AuditBar bar;
    private FleetPanel panel;
    private DataTable<AuditView> table;
    private Text details;
    private Button export;
    private Button verify;
    private AuditPages pages;
    private FleetRows<VaultSummary> links;
    private @Nullable FleetSession chosen;

    /** Called by the workbench. */
    @Inject
    public AuditPart(MonitorSite site) {
        this(site, Formats.local(), Clock.systemUTC());
    }

    /** Another clock than the system's. */
    public AuditPart(MonitorSite site, Formats formats, Clock clock) {
        this.site = site;
        this.words = new AuditWords(formats);
        this.clock = clock;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 2));
        bar = new AuditBar(body, query -> refresh(), place -> choose(site.connections().sessions().get(place)));
        Ui.button(bar.actions(), "audit.refresh", Messages.refresh, this::refresh);
        export = Ui.button(bar.actions(), "audit.export", Messages.audit_export, this::export);
        verify = Ui.button(bar.actions(), "audit.verify", Messages.audit_verify, this::verify);
        var rest = new Composite(body, SWT.NONE);
        rest.setLayout(Ui.grid(1));
        rest.setLayoutData(Ui.fill());
        panel = new FleetPanel(rest, "audit", new FleetPanel.Nothing(Icon.EMPTY_LARGE, Messages.audit_none,
                Messages.audit_noneText, new StatePanel.Action("audit.again", Messages.refresh, this::refresh)),
                this::clearFilters, this::refresh);
        panel.panel().setLayoutData(Ui.fill());
        var sash = new SashForm(panel.content(), SWT.VERTICAL);
        sash.setLayoutData(Ui.fill());
        table = new DataTable<>(sash, SWT.MULTI, "audit.table", Messages.audit_table, columns());
        table.onSelect(this::selected);
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return pages == null ? 0 : pages.rows().size() + (pages.hasMore() ? 1 : 0);
            }

            @Override
            public @Nullable AuditView row(int index) {
                if (index < pages.rows().size()) {
                    return pages.rows().get(index);
                }
                pages.more();
                return null;
            }
        });
        details = Ui.name(Ui.id(new Text(sash, SWT.MULTI | SWT.READ_ONLY | SWT.V_SCROLL | SWT.WRAP | SWT.BORDER),
                "audit.details"), Messages.column_details);
        details.setMessage(Messages.audit_choose);
        sash.setWeights(70, 30);
        bar.setRows(table);
        pages = new AuditPages(Ui.executor(parent.getDisplay()), this::show);
        links = new FleetRows<>(site.connections(), LiveFleet::vaults, rows -> Ui.async(panel.panel(), this::linked));
        linked();
        site.attachMenu(table.control(), MonitorIds.AUDIT);
    }

    private List<Column<AuditView>> columns() {
        return List.of(Column.text("when", Messages.column_when, 24, e -> words.formats().time(e.at())),
                Column.text("who", Messages.column_who, 18, e -> AuditWords.who(session(), e)),
                Column.text("what", Messages.column_what, 22, AuditView::action),
                Column.<AuditView>text("target", Messages.column_target, 30, AuditView::target).growing(),
                Column.text("vault", Messages.column_vault, 12, AuditView::vault),
                Column.<AuditView>text("result", Messages.column_result, 16, AuditWords::result)
                        .with(AuditWords::icon),
                Column.text("from", Messages.column_from, 16, AuditView::origin),
                Column.number("number", Messages.column_number, 9, e -> words.formats().count(e.seq())));
    }

    private FleetSession session() {
        return Objects.requireNonNull(pages.session());
    }

    /** Vault servers have come or gone, or how they stand has changed. */
    private void linked() {
        List<FleetSession> sessions = site.connections().sessions();
        FleetSession now = chosen != null && sessions.contains(chosen) ? chosen
                : sessions.stream().filter(s -> s.state().isConnected()).findFirst()
                        .orElse(sessions.isEmpty() ? null : sessions.getFirst());
        bar.vaultServers(sessions.stream().map(s -> s.connection().name()).toList(),
                now == null ? -1 : sessions.indexOf(now));
        if (now != null && now.state().isConnected() && pages.session() != now) {
            choose(now);
        } else {
            show();
        }
    }

    private void choose(FleetSession session) {
        chosen = session;
        details.setText("");
        refresh();
    }

    /** Reads it anew. */
    public void refresh() {
        FleetSession from = chosen;
        if (from != null && from.state().isConnected()) {
            pages.ask(from, bar.query().list(clock.instant()));
        } else {
            site.connections().sessions().forEach(FleetSession::retry);
            show();
        }
    }

    private void clearFilters() {
        bar.clear();
        refresh();
    }

    private void show() {
        if (panel.panel().isDisposed()) {
            return;
        }
        table.shapeChanged();
        boolean rows = !pages.rows().isEmpty();
        export.setEnabled(rows);
        verify.setEnabled(rows);
        bar.count(rows ? count() : "");
        if (rows) {
            panel.show(new PartState.Content());
        } else if (pages.failure() == null && !pages.isLoading() && pages.session() != null
                && bar.query().isFiltered()) {
            panel.panel().showFiltered(Messages.audit_filtered, this::clearFilters);
        } else {
            panel.show(state());
        }
    }

    private String count() {
        Formats f = words.formats();
        Failure failure = pages.failure();
        if (failure != null) {
            return Ui.plain(failure.message());
        }
        return pages.total() < 0 || pages.total() == pages.rows().size()
                ? Texts.bind(Messages.audit_count, f.count(pages.rows().size()))
                : NLS.bind(Messages.audit_countOf, f.count(pages.rows().size()), f.count(pages.total()));
    }

    /** Why there are no rows. */
    private PartState state() {
        List<FleetSession> sessions = site.connections().sessions();
        FleetSession of = chosen != null ? chosen : sessions.isEmpty() ? null : sessions.getFirst();
        if (of == null) {
            return new PartState.NoVault();
        }
        if (of.state().kind() == LinkState.Kind.SIGNED_OUT) {
            return new PartState.SignedOut(List.of(of.connection().name()));
        }
        if (pages.isForbidden() || of.me() != null && !of.may(PERMISSION)) {
            return new PartState.NoRight(List.of(of.connection().user()));
        }
        Failure failure = pages.failure() != null ? pages.failure() : of.state().failure();
        if (failure != null && !pages.isLoading()) {
            return new PartState.Failed(failure);
        }
        return pages.session() == null || pages.isLoading() ? new PartState.Loading(0, 1) : new PartState.Empty();
    }

    private void selected(List<AuditView> entries) {
        details.setText(entries.stream().map(e -> words.explain(session(), e)).collect(Collectors.joining("\n\n")));
    }

    private void export() {
        var dialog = new FileDialog(export.getShell(), SWT.SAVE);
        dialog.setFilterExtensions(new String[] { "*.csv" });
        dialog.setFileName("audit.csv");
        dialog.setOverwrite(true);
        String file = dialog.open();
        if (file != null) {
            export(Path.of(file));
        }
    }

    /** Writes all entries that the filters leave into a file, in a job. */
    public void export(Path file) {
        new AuditExportJob(file, session().api().audit(), bar.query().list(clock.instant()), words.formats(),
                text -> Ui.async(details, () -> details.setText(text))).schedule();
    }

    private void verify() {
        details.setText(Messages.audit_verifying);
        session().api().audit().verify().whenComplete((answer, thrown) -> Ui.async(details,
                () -> details.setText(thrown == null ? verified(answer) : Failure.of(thrown).message())));
    }

    private String verified(AuditVerification answer) {
        String entries = words.formats().count(answer.entries());
        if (answer.intact()) {
            return NLS.bind(Messages.audit_intact, entries, answer.head());
        }
        Long at = answer.brokenAt();
        return NLS.bind(Messages.audit_broken, new Object[] { entries, at == null ? "" : words.formats().count(at),
                answer.reason() == null ? "" : answer.reason() });
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
        links.close();
    }
}
