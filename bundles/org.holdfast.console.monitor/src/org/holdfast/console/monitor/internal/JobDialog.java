package org.holdfast.console.monitor.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.agent.WarningDetail;

/** All that is known of a job, with what it skipped and why. */
public final class JobDialog extends Dialog {
    private static final int COPY = IDialogConstants.CLIENT_ID + 1;

    private final Row<JobSummary> row;
    private final JobWords words;
    private List<WarningDetail> skipped = List.of();
    private DataTable<WarningDetail> table;
    private Label note;

    /** @param row the job as it is now */
    public JobDialog(Shell parent, Row<JobSummary> row, JobWords words) {
        super(parent);
        this.row = row;
        this.words = words;
        setShellStyle(SWT.SHELL_TRIM | SWT.MODELESS);
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(NLS.bind(Messages.job_of, JobWords.kind(row.value().kind()), row.value().server()));
        Ui.id(shell, "job");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        List<Fact> facts = facts();
        var known = new DataTable<Fact>(area, SWT.MULTI | SWT.BORDER, "job.facts", Messages.job_facts, List.of(
                Column.text("name", Messages.fact_name, 22, Fact::name),
                Column.<Fact>text("value", Messages.fact_value, 60, Fact::value).growing()));
        known.toolTip(Fact::value);
        var high = Ui.fill();
        high.heightHint = convertHeightInCharsToPixels(17);
        known.setLayoutData(high);
        known.setSource(source(() -> facts));
        note = Ui.id(new Label(area, SWT.WRAP), "job.note");
        note.setLayoutData(Ui.wide());
        table = new DataTable<>(area, SWT.MULTI | SWT.BORDER, "job.skipped", Messages.job_skipped, List.of(
                Column.<WarningDetail>text("path", Messages.skipped_path, 34, WarningDetail::path).growing(),
                Column.text("code", Messages.skipped_code, 18, WarningDetail::code),
                Column.text("reason", Messages.skipped_reason, 40, WarningDetail::reason)));
        table.toolTip(w -> w.path() + '\n' + w.reason());
        var low = Ui.fill();
        low.heightHint = convertHeightInCharsToPixels(8);
        table.setLayoutData(low);
        table.setSource(source(() -> skipped));
        load();
        return area;
    }

    private void load() {
        if (JobWords.warnings(row.value()) == 0) {
            note.setText(Messages.job_noWarnings);
            return;
        }
        note.setText(Messages.job_loading);
        row.session().api().jobs().warnings(row.value().vault(), row.value().id())
                .whenComplete((found, thrown) -> Ui.async(note, () -> {
                    skipped = thrown == null ? found : List.of();
                    note.setText(thrown != null ? Ui.plain(Failure.of(thrown).message())
                            : found.isEmpty() ? Messages.job_namesKept : Messages.job_skipped);
                    note.requestLayout();
                    table.shapeChanged();
                }));
    }

    private List<Fact> facts() {
        JobSummary job = row.value();
        Formats f = words.formats();
        var facts = new ArrayList<Fact>();
        add(facts, Messages.column_state, JobWords.state(job.state()));
        if (job.failure() != null) {
            add(facts, Messages.column_why, job.failure().message());
            add(facts, Messages.fact_advice, job.failure().advice());
            add(facts, Messages.fact_code, job.failure().code());
        }
        job.warnings().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(w -> add(facts,
                NLS.bind(Messages.fact_warnings, w.getKey()), f.count(w.getValue())));
        add(facts, Messages.column_progress, words.progress(job));
        add(facts, Messages.column_server, NLS.bind(Messages.fact_serverOf, new Object[] { job.server(), job.vault(),
                row.session().connection().name() }));
        add(facts, Messages.fact_trigger, JobWords.trigger(job));
        add(facts, Messages.column_asked, f.preciseTime(job.created()));
        add(facts, Messages.fact_started, job.started() == null ? "" : f.preciseTime(job.started()));
        add(facts, Messages.fact_ended, job.ended() == null ? "" : f.preciseTime(job.ended()));
        add(facts, Messages.fact_policy, job.policy() == null ? ""
                : NLS.bind(Messages.fact_policyVersion, job.policy(), f.count(job.policyVersion())));
        add(facts, Messages.fact_items, String.join(", ", job.items()));
        add(facts, Messages.fact_point, job.point() == null ? "" : job.point());
        add(facts, Messages.column_files, f.count(JobWords.files(job)));
        if (job.result() != null) {
            add(facts, Messages.fact_changes, NLS.bind(Messages.fact_changesText, new Object[] {
                    f.count(job.result().filesNew()), f.count(job.result().filesChanged()),
                    f.count(job.result().filesUnchanged()), f.count(job.result().filesRemoved()) }));
        }
        add(facts, Messages.column_read, f.exactSize(JobWords.read(job)));
        add(facts, Messages.column_stored, f.exactSize(JobWords.stored(job)));
        add(facts, Messages.column_rate, words.rate(job));
        add(facts, Messages.fact_id, job.id());
        return facts;
    }

    private static void add(List<Fact> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.add(new Fact(name, value));
        }
    }

    private static <T> RowSource<T> source(java.util.function.Supplier<List<T>> list) {
        return new RowSource<>() {
            @Override
            public int size() {
                return list.get().size();
            }

            @Override
            public T row(int index) {
                return list.get().get(index);
            }
        };
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, COPY, Messages.copy, false), "job.copy");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.close(), true), "job.close");
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == COPY) {
            var text = new StringBuilder(getShell().getText()).append('\n');
            facts().forEach(fact -> text.append(fact.name()).append(": ").append(fact.value()).append('\n'));
            skipped.forEach(w -> text.append(w.path()).append('\t').append(w.code()).append('\t').append(w.reason())
                    .append('\n'));
            Ui.copy(getShell().getDisplay(), text.toString());
        } else {
            super.buttonPressed(id);
        }
    }
}
