package org.holdfast.console.monitor.internal;

import java.util.List;

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
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.agent.WarningDetail;

/** All that is known of a job, with what it skipped and why. */
public final class JobDialog extends Dialog {
    private static final int COPY = IDialogConstants.CLIENT_ID + 1;

    private final Row<JobSummary> row;
    private final JobWords words;
    private List<WarningDetail> skipped = List.of();
    private List<Fact> facts = List.of();
    private DataTable<Fact> known;
    private DataTable<WarningDetail> table;
    private Label note;
    private Label compared;

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
        facts = JobFacts.of(row, words, null);
        known = new DataTable<>(area, SWT.MULTI | SWT.BORDER, "job.facts", Messages.job_facts, List.of(
                Column.text("name", Messages.fact_name, 20, Fact::name),
                Column.<Fact>text("value", Messages.fact_value, 52, Fact::value).growing(),
                Column.text("before", Messages.compare_before, 30, Fact::before),
                Column.text("change", Messages.compare_change, 22, Fact::change)));
        known.toolTip(fact -> fact.before().isEmpty() ? fact.value()
                : fact.value() + '\n' + NLS.bind(
                        Messages.compare_toolTip, fact.before()));
        var high = Ui.fill();
        high.heightHint = convertHeightInCharsToPixels(17);
        known.setLayoutData(high);
        known.setSource(source(() -> facts));
        compared = Ui.id(new Label(area, SWT.WRAP), "job.compared");
        compared.setLayoutData(Ui.wide());
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
        compare();
        return area;
    }

    private void compare() {
        compared.setText(Messages.compare_loading);
        JobComparison.lastGood(row).whenComplete((good, thrown) -> Ui.async(compared, () -> {
            if (good != null) {
                facts = JobFacts.of(row, words, new JobComparison(row.value(), good, words));
                known.shapeChanged();
            }
            compared.setText(thrown != null ? Ui.plain(Failure.of(thrown).message())
                    : good == null ? Messages.compare_none
                            : NLS.bind(Messages.compare_with, words.formats().preciseTime(good.created())));
            compared.requestLayout();
        }));
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
            facts.forEach(fact -> text.append(fact.name()).append(": ").append(fact.value())
                    .append(fact.before().isEmpty() ? "" : '\t' + fact.before() + '\t' + fact.change()).append('\n'));
            skipped.forEach(w -> text.append(w.path()).append('\t').append(w.code()).append('\t').append(w.reason())
                    .append('\n'));
            Ui.copy(getShell().getDisplay(), text.toString());
        } else {
            super.buttonPressed(id);
        }
    }
}
