package org.holdfast.console.install.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.install.InstallIds;
import org.holdfast.console.install.internal.run.Draft;
import org.holdfast.console.install.internal.run.Registration;
import org.holdfast.console.install.internal.run.RegistrationJob;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.model.ListModel;
import org.holdfast.console.model.ListView;
import org.holdfast.console.ui.ChipBar;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FilterField;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/** The registrations of this session: each host with its step, progress, log and result. */
public final class RegistrationsPart {
    private static final int TICK_MILLIS = 1000;
    /** So many times wider than high, rows and log are side by side. */
    private static final int FLAT = 4;

    private final Registrations registrations;
    private final InstallSite site;
    private final Formats formats = Formats.local();
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("holdfast-register-model").factory());
    private StatePanel panel;
    private Combo which;
    private Label count;
    private Button stop;
    private Button resume;
    private Button retry;
    private Button remove;
    private FilterField filter;
    private ChipBar chips;
    private DataTable<HostProgress> table;
    private HostDetails details;
    private ListModel<HostProgress> model;
    private ListView<HostProgress> view = ListView.empty();
    private Map<String, Integer> places = Map.of();
    private List<Registration> all = List.of();
    private @Nullable Registration shown;
    private Subscription listing = () -> {
    };
    private Subscription watching = () -> {
    };
    private Redraw redraw;

    /** Called by the workbench. */
    @Inject
    public RegistrationsPart(InstallSite site) {
        this.site = site;
        registrations = site.registrations();
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        panel = new StatePanel(parent, "registrations");
        model = new ListModel<>(thread, Ui.executor(parent.getDisplay()), RegistrationChips.chips(),
                RegistrationsPart::searched, RegistrationChips.order(RegistrationChips.STATE, false));
        build(panel.content());
        redraw = new Redraw(panel, this::show);
        model.changes().add(next -> {
            if (!panel.isDisposed()) {
                arrived(next);
            }
        });
        listing = registrations.changes().add(now -> Ui.async(panel, this::list));
        list();
        Ui.after(TICK_MILLIS, panel, this::tick);
    }

    private void build(Composite content) {
        var body = new Composite(content, SWT.NONE);
        body.setLayout(Ui.grid(1, 4));
        body.setLayoutData(Ui.fill());
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(6));
        top.setLayoutData(Ui.wide());
        which = Ui.name(Ui.id(new Combo(top, SWT.DROP_DOWN | SWT.READ_ONLY), "registrations.which"),
                Messages.runs_which);
        which.addListener(SWT.Selection, e -> registrations.show(all.get(which.getSelectionIndex())));
        count = Ui.id(new Label(top, SWT.NONE), "registrations.count");
        count.setLayoutData(Ui.wide());
        stop = Ui.button(top, "registrations.stop", Messages.runs_stop, () -> {
            if (shown != null) {
                shown.stop();
            }
        });
        resume = Ui.button(top, "registrations.resume", Messages.runs_resume, () -> go(true));
        retry = Ui.button(top, "registrations.retry", Messages.runs_retry, () -> go(false));
        remove = Ui.button(top, "registrations.remove", Messages.runs_remove, () -> {
            if (shown != null) {
                registrations.remove(shown);
            }
        });
        var middle = new Composite(body, SWT.NONE);
        middle.setLayout(Ui.grid(2));
        middle.setLayoutData(Ui.wide());
        chips = new ChipBar(middle, "registrations.chips", RegistrationChips.items(), model::press);
        filter = new FilterField(middle, "registrations.filter", Messages.runs_filter, model::setText);
        filter.control().setLayoutData(Ui.wide());
        var sash = new SashForm(body, SWT.VERTICAL);
        sash.setLayoutData(Ui.fill());
        // In a low part there is no room for the log below the rows.
        sash.addListener(SWT.Resize, e -> {
            Point size = sash.getSize();
            int wanted = size.x > FLAT * size.y ? SWT.HORIZONTAL : SWT.VERTICAL;
            if (sash.getOrientation() != wanted) {
                sash.setOrientation(wanted);
            }
        });
        table = new DataTable<>(sash, SWT.MULTI, "registrations.table", Messages.runs_table, columns());
        table.locateBy(row -> places.getOrDefault(row.host().key(), -1)).onSelect(rows -> showDetails())
                .onSort((column, descending) -> {
                    model.setOrder(RegistrationChips.order(column, descending));
                    return true;
                }).setSource(new RowSource<>() {
                    @Override
                    public int size() {
                        return view.rows().size();
                    }

                    @Override
                    public HostProgress row(int index) {
                        return view.rows().get(index);
                    }
                });
        table.showOrder(RegistrationChips.STATE, false);
        filter.setRows(table);
        site.attachMenu(table.control(), InstallIds.REGISTRATIONS);
        details = new HostDetails(sash);
        sash.setWeights(65, 35);
    }

    private List<Column<HostProgress>> columns() {
        return List.of(
                Column.text(RegistrationChips.HOST, Messages.column_host, 26, row -> InstallWords.host(row.host())),
                Column.<HostProgress>text(RegistrationChips.STATE, Messages.column_state, 30, InstallWords::state)
                        .with(InstallWords::icon),
                Column.text(RegistrationChips.TOOK, Messages.column_took, 10,
                        row -> InstallWords.took(row, registrations.clock(), formats)),
                Column.text(RegistrationChips.VERSION, Messages.column_version, 18,
                        row -> row.version() == null ? "" : row.version()),
                Column.<HostProgress>text(RegistrationChips.MESSAGE, Messages.column_message, 40,
                        HostProgress::message).growing());
    }

    private static String searched(HostProgress row) {
        return (row.host().key() + ' ' + row.host().name() + ' ' + InstallWords.state(row) + ' ' + row.message())
                .toLowerCase(Locale.ROOT);
    }

    /** Shows which registrations there are. */
    private void list() {
        all = registrations.all();
        Registration next = registrations.shown();
        which.setItems(all.stream().map(one -> NLS.bind(Messages.runs_one, new Object[] { one.vault(),
                formats.time(one.began()), formats.count(one.count().all()) })).toArray(String[]::new));
        which.select(next == null ? -1 : all.indexOf(next));
        which.requestLayout();
        if (next != shown) {
            shown = next;
            watching.close();
            watching = next == null ? () -> {
            } : next.changes().add(now -> redraw.ask());
            filter.reset();
            model.clear();
        }
        show();
    }

    private void show() {
        Registration now = shown;
        List<Draft> left = registrations.left();
        if (now == null && !left.isEmpty()) {
            panel.showPrompt(Icon.SERVER_LARGE, Messages.runs_left, NLS.bind(Messages.runs_leftText,
                    formats.count(left.getFirst().countOpen()), formats.count(left.getFirst().count())),
                    new StatePanel.Action("registrations.register", Messages.runs_register,
                            () -> Commands.run(InstallIds.REGISTER)));
            return;
        }
        if (now == null) {
            panel.showEmpty(Icon.SERVER_LARGE, Messages.runs_none, Messages.runs_noneText,
                    new StatePanel.Action("registrations.register", Messages.runs_register,
                            () -> Commands.run(InstallIds.REGISTER)));
            return;
        }
        panel.showContent();
        model.setRows(now.rows());
        Registration.Count many = now.count();
        boolean running = now.isRunning();
        Failure failure = now.failure();
        String said = failure != null ? NLS.bind(Messages.runs_failed, failure.message(), failure.advice())
                : now.isStopping() ? Messages.runs_stopping
                        : NLS.bind(Messages.runs_count, new Object[] { formats.count(many.good()),
                                formats.count(many.failed()), formats.count(many.working()),
                                formats.count(many.waiting()) });
        Ui.setText(count, Ui.plain(said));
        count.setToolTipText(now.sealed() == null ? null : NLS.bind(Messages.runs_sealed, now.sealed()));
        boolean can = !running && !now.isForgotten();
        stop.setEnabled(running && !now.isStopping());
        resume.setEnabled(can && RegistrationChips.unfinished(now.rows()));
        retry.setEnabled(can && many.failed() > 0);
        remove.setEnabled(!running);
        showDetails();
    }

    private void arrived(ListView<HostProgress> next) {
        view = next;
        Map<String, Integer> index = HashMap.newHashMap(next.rows().size());
        for (int i = 0; i < next.rows().size(); i++) {
            index.put(next.rows().get(i).host().key(), i);
        }
        places = index;
        chips.show(next);
        table.shapeChanged();
        showDetails();
    }

    private void showDetails() {
        Registration now = shown;
        HostProgress row = table.selection().isEmpty() ? null : table.selection().getFirst();
        details.show(row, now == null || row == null ? List.of() : now.log(row.host().key()));
    }

    /** @param unfinished only hosts whose turn did not come or that were stopped, else all that have not ended well */
    private void go(boolean unfinished) {
        Registration now = shown;
        if (now == null || now.isRunning() || now.isForgotten()) {
            return;
        }
        List<String> due = unfinished ? now.rows().stream().filter(RegistrationChips::isUnfinished)
                .map(row -> row.host().key()).toList() : now.open();
        new RegistrationJob(NLS.bind(Messages.register_job, formats.count(due.size()), now.vault()), now, due)
                .schedule();
    }

    private void tick() {
        if (shown != null && shown.isRunning()) {
            table.rowsArrived();
        }
        Ui.after(TICK_MILLIS, panel, this::tick);
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            table.control().setFocus();
        } else {
            panel.setFocus();
        }
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        listing.close();
        watching.close();
        thread.shutdown();
    }
}
