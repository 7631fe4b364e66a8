package org.holdfast.console.servers.internal.editor;

import jakarta.inject.Inject;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.JobCalls;
import org.holdfast.console.servers.internal.ServerActions;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.FailureDialog;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.ListRows;

/** The jobs of the server: those at work, and those of the last days, live. */
public final class JobsPage implements ServerPage {
    static final String ID = "org.holdfast.console.servers.page.jobs";

    private final Formats formats;
    private final JobText text;
    private final ListRows<JobSummary> rows = new ListRows<>();
    private OpenServer server;
    private Bar bar;
    private StatePanel panel;
    private DataTable<JobSummary> table;
    private Subscription watching = () -> {
    };

    /** Called by the editor. */
    @Inject
    public JobsPage(ServerWords words) {
        formats = words.formats();
        text = new JobText(formats);
    }

    @Override
    public void create(Composite parent, OpenServer open) {
        server = open;
        bar = ServerBar.of(parent, open)
                .add("jobs.backUp", Messages.overview_backUp, "job.run",
                        () -> new ServerActions(parent.getShell()).backUp(List.of(server.row())))
                .add("jobs.cancel", Messages.jobs_cancel, "job.run", () -> only(j -> !j.state().isFinal(),
                        Messages.jobs_ended), () -> press(parent, calls -> calls::cancel))
                .add("jobs.pause", Messages.jobs_pause, "job.run", () -> only(j -> j.state() == JobState.RUNNING,
                        Messages.jobs_notRunning), () -> press(parent, calls -> calls::pause))
                .add("jobs.resume", Messages.jobs_resume, "job.run", () -> only(j -> j.state() == JobState.PAUSED,
                        Messages.jobs_notPaused), () -> press(parent, calls -> calls::resume));
        panel = new StatePanel(parent, "jobs.panel");
        panel.setLayoutData(Ui.fill());
        table = new DataTable<>(panel.content(), SWT.SINGLE, "jobs.table", Messages.jobs_table, List.of(
                Column.<JobSummary>text("state", Messages.points_state, 16, j -> JobText.state(j.state()))
                        .with(j -> JobText.icon(j.state())),
                Column.text("kind", Messages.jobs_kind, 14, j -> JobText.kind(j.kind())),
                Column.text("asked", Messages.jobs_asked, 24, j -> formats.time(j.created())),
                Column.text("progress", Messages.jobs_progress, 16, text::progress),
                Column.text("amount", Messages.jobs_amount, 22, text::amount),
                Column.<JobSummary>text("problem", Messages.job_problem, 30, text::problem).growing()));
        table.locateBy(this::index).toolTip(text::problem).onSelect(selected -> bar.update());
        table.setSource(rows);
        watching = server.session().live().jobs().changes().add(l -> Ui.async(parent, this::update));
    }

    private int index(JobSummary job) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.row(i).id().equals(job.id())) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable String only(java.util.function.Predicate<JobSummary> fits, String why) {
        return table.selection().isEmpty() ? Messages.jobs_chooseOne
                : fits.test(table.selection().getFirst()) ? null : why;
    }

    /** A call for one job. */
    private interface Press {
        CompletableFuture<JobSummary> on(String vault, String job);
    }

    private void press(Composite parent, Function<JobCalls, Press> how) {
        JobSummary job = table.selection().getFirst();
        how.apply(server.session().api().jobs()).on(job.vault(), job.id())
                .whenComplete((done, thrown) -> Ui.async(parent, () -> {
                    if (thrown != null) {
                        new FailureDialog(parent.getShell(), Failure.of(thrown)).open();
                    }
                }));
    }

    @Override
    public void update() {
        List<JobSummary> now = JobText.of(server.row());
        boolean some = !now.isEmpty();
        if (rows.set(now)) {
            table.shapeChanged();
        }
        if (some) {
            panel.showContent();
        } else if (panel.state() != StatePanel.State.EMPTY) {
            panel.showEmpty(Icon.HISTORY_LARGE, Messages.jobs_none, Messages.jobs_noneText);
        }
        bar.update();
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
        watching.close();
    }
}
