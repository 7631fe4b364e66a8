package org.holdfast.console.recovery.internal.restore;

import java.util.List;
import java.util.Map;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.recover.RestorePlan;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.internal.Wording;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;

/** Follows the jobs of a restore that an agent does. It blocks nothing, and closing it changes nothing. */
public final class AgentRestoreDialog extends Dialog {
    private static final String JOBS = "org.holdfast.console.monitor.jobs";
    private static final String SHOW = "org.eclipse.ui.views.showView";

    private final ServerPlace server;
    private final List<JobSummary> started;
    private final RestorePlan plan;
    private final Wording wording;
    private Label icon;
    private Label title;
    private Label failure;
    private DataTable<JobSummary> table;

    /** @param started the jobs as they were made, one for each point */
    AgentRestoreDialog(Shell parent, ServerPlace server, List<JobSummary> started, RestorePlan plan,
            Wording wording) {
        super(parent);
        this.server = server;
        this.started = started;
        this.plan = plan;
        this.wording = wording;
        setShellStyle(SWT.DIALOG_TRIM | SWT.RESIZE | SWT.MODELESS | SWT.MIN);
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        Ui.id(shell, "agents");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var head = new Composite(area, SWT.NONE);
        head.setLayout(Ui.grid(2));
        head.setLayoutData(Ui.wide());
        icon = new Label(head, SWT.NONE);
        icon.setImage(Icon.RESTORE.image());
        title = Ui.id(new Label(head, SWT.NONE), "agents.title");
        title.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        title.setLayoutData(Ui.wide());
        wrapped(area).setText(Ui.plain(NLS.bind(Messages.agents_explain, server.server().name())));
        Formats f = wording.formats();
        table = new DataTable<>(area, SWT.SINGLE | SWT.BORDER, "agents.table", Messages.agents_table, List.of(
                Column.<JobSummary>text("state", Messages.agents_state, 22, j -> state(j.state()))
                        .with(j -> icon(j.state())),
                Column.text("point", Messages.agents_point, 26, j -> point(j, f)),
                Column.<JobSummary>text("progress", Messages.agents_progress, 44, j -> progress(j, f)).growing()));
        var data = Ui.fill();
        data.heightHint = 5 * table.control().getItemHeight();
        table.setLayoutData(data);
        table.toolTip(j -> j.failure() == null ? progress(j, f) : j.failure().message());
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return started.size();
            }

            @Override
            public JobSummary row(int index) {
                return now(started.get(index));
            }
        });
        failure = Ui.id(wrapped(area), "agents.failure");
        Subscription jobs = server.session().live().jobs().changes().add(list -> Ui.async(area, this::show));
        area.addListener(SWT.Dispose, e -> jobs.close());
        return area;
    }

    private Label wrapped(Composite area) {
        var label = new Label(area, SWT.WRAP);
        var wide = Ui.wide();
        wide.widthHint = convertWidthInCharsToPixels(90);
        label.setLayoutData(wide);
        return label;
    }

    @Override
    public void create() {
        super.create();
        show();
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OPEN_ID, Messages.agents_toJobs, false), "agents.jobs");
        Ui.id(createButton(parent, IDialogConstants.CLOSE_ID, Buttons.close(), true), "agents.close");
    }

    @Override
    protected void buttonPressed(int button) {
        if (button == IDialogConstants.OPEN_ID) {
            Commands.run(SHOW, Map.of(SHOW + ".viewId", JOBS));
        }
        close();
    }

    /** A job as it stands now. */
    private JobSummary now(JobSummary job) {
        JobSummary fresh = server.session().live().jobs().get(job.id());
        return fresh == null ? job : fresh;
    }

    private void show() {
        List<JobSummary> all = started.stream().map(this::now).toList();
        boolean over = all.stream().allMatch(j -> j.state().isFinal());
        boolean well = all.stream().allMatch(j -> j.state() == JobState.DONE
                || j.state() == JobState.DONE_WITH_WARNINGS);
        boolean warned = all.stream().anyMatch(j -> j.state() == JobState.DONE_WITH_WARNINGS);
        icon.setImage((!over ? Icon.RESTORE : !well ? Icon.ERROR : warned ? Icon.WARNINGS : Icon.COMPLETED).image());
        String text = NLS.bind(!over ? Messages.agents_heading
                : well ? Messages.agents_headingDone : Messages.agents_headingFailed, server.server().name());
        title.setText(Ui.plain(text));
        getShell().setText(text);
        String why = all.stream().filter(j -> j.failure() != null)
                .map(j -> j.failure().message() + ' ' + j.failure().advice()).findFirst().orElse("").strip();
        if (!failure.getText().equals(Ui.plain(why))) {
            failure.setText(Ui.plain(why));
            failure.requestLayout();
        }
        table.shapeChanged();
    }

    private String point(JobSummary job, Formats f) {
        return plan.items().stream().map(i -> i.point()).filter(p -> p.id().equals(job.point())).findFirst()
                .map(p -> f.time(p.time())).orElse("");
    }

    private String progress(JobSummary job, Formats f) {
        JobResult result = job.result();
        if (result != null) {
            return result.files() == 1 ? NLS.bind(Messages.agents_resultOne, f.size(result.bytes()))
                    : Texts.bind(Messages.agents_result, f.count(result.files()), f.size(result.bytes()));
        }
        if (job.failure() != null) {
            return job.failure().message();
        }
        JobProgress p = job.progress();
        if (p == null) {
            return job.state() == JobState.QUEUED ? Messages.agents_waiting : "";
        }
        String done = p.bytesTotal() < 0
                ? Texts.bind(Messages.restore_amount, f.count(p.files()), f.size(p.bytes()))
                : NLS.bind(Messages.restore_amountOf, new Object[] { f.count(p.files()), f.count(p.filesTotal()),
                        f.size(p.bytes()), f.size(p.bytesTotal()) });
        return p.bytesPerSecond() > 0 ? done + " \u00b7 " + f.rate(p.bytesPerSecond()) : done;
    }

    private static String state(JobState state) {
        return switch (state) {
            case QUEUED -> Messages.job_queued;
            case RUNNING -> Messages.job_running;
            case PAUSED -> Messages.job_paused;
            case DONE -> Messages.job_done;
            case DONE_WITH_WARNINGS -> Messages.job_warnings;
            case FAILED -> Messages.job_failed;
            case CANCELLED -> Messages.job_cancelled;
            case INTERRUPTED -> Messages.job_interrupted;
        };
    }

    private static Icon icon(JobState state) {
        return switch (state) {
            case QUEUED -> Icon.HISTORY;
            case RUNNING -> Icon.REFRESH;
            case PAUSED, INTERRUPTED -> Icon.INTERRUPTED;
            case DONE -> Icon.COMPLETED;
            case DONE_WITH_WARNINGS -> Icon.WARNINGS;
            case FAILED -> Icon.ERROR;
            case CANCELLED -> Icon.CANCEL;
        };
    }

    @Override
    protected boolean isResizable() {
        return true;
    }
}
