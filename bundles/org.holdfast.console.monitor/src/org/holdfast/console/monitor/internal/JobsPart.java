package org.holdfast.console.monitor.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.model.Chip;
import org.holdfast.console.model.Row;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.ui.ChipBar;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.FleetPanel;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/** The jobs of all vault servers while they run and afterwards. */
public final class JobsPart {
    private static final String ASKED = "asked";

    private final MonitorSite site;
    private final JobWords words;
    private final Map<JobAction, Button> buttons = new EnumMap<>(JobAction.class);
    private Button details;
    private FleetTable<JobSummary> table;

    /** Called by the workbench. */
    @Inject
    public JobsPart(MonitorSite site) {
        this(site, new JobWords(Formats.local(), Clock.systemUTC()));
    }

    /** Another clock than the system's. */
    public JobsPart(MonitorSite site, JobWords words) {
        this.site = site;
        this.words = words;
    }

    /** Called by the workbench. */
    @PostConstruct
    public void create(Composite parent) {
        table = new FleetTable<>(parent, site, new FleetTable.Look<>("jobs",
                new FleetPanel.Nothing(Icon.HISTORY_LARGE, Messages.jobs_none, Messages.jobs_noneText,
                        new StatePanel.Action("jobs.refresh", Messages.refresh, this::refresh)),
                Messages.jobs_filter, Messages.jobs_count, Messages.jobs_countFiltered, Messages.jobs_table, chips(),
                items(), columns(), words::searched, words::explain, JobSummary::id), ASKED, true, LiveFleet::jobs);
        for (JobAction action : JobAction.values()) {
            Button button = Ui.button(table.actions(), "jobs." + action.name().toLowerCase(Locale.ROOT),
                    action.title(), () -> new JobActions(table.actions().getShell()).ask(action,
                            table.table().selection()));
            buttons.put(action, button);
        }
        details = Ui.button(table.actions(), "jobs.details", Messages.details, () -> open(
                table.table().selection().getFirst()));
        table.onSelect(this::selected);
        table.table().onOpen(this::open);
        selected(List.of());
        site.attachMenu(table.table().control(), MonitorIds.JOBS);
    }

    private void selected(List<Row<JobSummary>> rows) {
        buttons.forEach((action, button) -> button.setEnabled(action.isPossible(rows)));
        details.setEnabled(rows.size() == 1);
        site.selection().setJobs(rows);
    }

    private void open(Row<JobSummary> row) {
        new JobDialog(table.actions().getShell(), row, words).open();
    }

    private static List<Chip<Row<JobSummary>>> chips() {
        return List.of(JobState.values()).stream()
                .map(state -> Chip.<Row<JobSummary>>of(JobScope.chip(state), row -> row.value().state() == state))
                .toList();
    }

    private static List<ChipBar.Item> items() {
        return List.of(JobState.values()).stream()
                .map(state -> new ChipBar.Item(JobScope.chip(state), JobWords.state(state), JobWords.icon(state)))
                .toList();
    }

    private List<Sorted<JobSummary>> columns() {
        Formats f = words.formats();
        return List.of(
                Sorted.by(Column.<Row<JobSummary>>text("state", Messages.column_state, 19,
                        r -> JobWords.state(r.value().state())).with(r -> JobWords.icon(r.value().state())),
                        JobSummary::state),
                Sorted.byText(Column.text("kind", Messages.column_kind, 10, r -> JobWords.kind(r.value().kind()))),
                Sorted.byText(Column.text("server", Messages.column_server, 16, r -> r.value().server())),
                Sorted.by(Column.text(ASKED, Messages.column_asked, 25, r -> f.time(r.value().created())),
                        JobSummary::created),
                Sorted.by(Column.text("progress", Messages.column_progress, 30, r -> words.progress(r.value())),
                        job -> job.state().isFinal() ? words.took(job) : Duration.ZERO),
                Sorted.by(Column.number("rate", Messages.column_rate, 10, r -> words.rate(r.value())),
                        words::speed),
                Sorted.by(Column.number("files", Messages.column_files, 9, r -> f.count(JobWords.files(r.value()))),
                        JobWords::files),
                Sorted.by(Column.number("read", Messages.column_read, 9, r -> f.size(JobWords.read(r.value()))),
                        JobWords::read),
                Sorted.by(Column.number("stored", Messages.column_stored, 9,
                        r -> f.size(JobWords.stored(r.value()))), JobWords::stored),
                Sorted.byText(Column.<Row<JobSummary>>text("why", Messages.column_why, 24,
                        r -> words.why(r.value())).growing()));
    }

    /** Shows certain jobs in place of what filters left before. */
    public void show(JobScope scope) {
        table.filter(scope.text(), scope.chips(), scope.name(words.formats()),
                row -> scope.holds(row.value(), words.now(), words.formats().zone()));
    }

    /** Reads all lists anew. */
    public void refresh() {
        table.refresh();
    }

    /** Called by the workbench. */
    @Focus
    public void focus() {
        table.focus();
    }

    /** Called by the workbench. */
    @PreDestroy
    public void destroy() {
        table.close();
        site.selection().setJobs(List.of());
    }
}
