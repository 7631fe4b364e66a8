package org.holdfast.console.monitor.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.Contributions;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.report.Report;
import org.holdfast.console.ui.report.ReportData;
import org.holdfast.console.ui.report.Reports;
import org.holdfast.console.client.recover.RowSource;

/** Lets a person choose a report and the file that it is saved to; stays open for the next one. */
public final class ReportsDialog extends TitleAreaDialog {
    private final List<Contributions<Report>.Contribution> reports;
    private final Supplier<ReportData> data;
    private final Function<String, @Nullable String> files;
    private DataTable<Contributions<Report>.Contribution> table;

    /** With the file dialog of the system. */
    public ReportsDialog(Shell parent, Contributions<Report> reports, Supplier<ReportData> data) {
        this(parent, reports, data, name -> {
            var dialog = new FileDialog(parent, SWT.SAVE);
            dialog.setFileName(name);
            dialog.setFilterExtensions(new String[] { "*" + name.substring(name.lastIndexOf('.')) });
            dialog.setOverwrite(true);
            return dialog.open();
        });
    }

    /**
     * With another way to choose a file.
     *
     * @param data gathered anew for each report
     * @param files asked for a file with the name it might have; gives null when the person does not want to
     */
    public ReportsDialog(Shell parent, Contributions<Report> reports, Supplier<ReportData> data,
            Function<String, @Nullable String> files) {
        super(parent);
        this.reports = reports.all();
        this.data = data;
        this.files = files;
        setShellStyle(getShellStyle() | SWT.RESIZE);
        setBlockOnOpen(false);
        setHelpAvailable(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.reports_title);
        Ui.id(shell, "reports");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(Messages.reports_heading);
        setMessage(reports.isEmpty() ? Messages.reports_none : Messages.reports_prompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        table = new DataTable<>(body, SWT.SINGLE, "reports.table", Messages.reports_title, List.of(
                Column.<Contributions<Report>.Contribution>text("name", Messages.reports_name, 30, r -> r.text("name"))
                        .with(r -> Icon.FILE),
                Column.<Contributions<Report>.Contribution>text("what", Messages.reports_what, 50,
                        r -> r.text("description")).growing()));
        var data = Ui.fill();
        data.widthHint = convertWidthInCharsToPixels(100);
        data.heightHint = convertHeightInCharsToPixels(12);
        table.setLayoutData(data);
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return reports.size();
            }

            @Override
            public Contributions<Report>.Contribution row(int index) {
                return reports.get(index);
            }
        });
        table.onSelect(chosen -> check()).onOpen(this::save);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.reports_save, true), "reports.save");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.close(), false), "reports.close");
        check();
    }

    private void check() {
        var ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(table.selection().size() == 1);
        }
    }

    @Override
    protected void okPressed() {
        table.selection().stream().findFirst().ifPresent(this::save);
    }

    private void save(Contributions<Report>.Contribution chosen) {
        String suffix = chosen.text("extension").isEmpty() ? "txt" : chosen.text("extension");
        String file = files.apply("holdfast-" + chosen.id().substring(chosen.id().lastIndexOf('.') + 1) + '.' + suffix);
        Report report = file == null ? null : chosen.get();
        if (file == null) {
            return;
        }
        if (report == null) {
            setMessage(NLS.bind(Messages.reports_broken, chosen.bundle()), IMessageProvider.ERROR);
            return;
        }
        setMessage(NLS.bind(Messages.reports_writing, file), IMessageProvider.INFORMATION);
        ReportData now = data.get();
        Job job = new Job(chosen.text("name")) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                String said = NLS.bind(Messages.reports_written, file);
                int kind = IMessageProvider.INFORMATION;
                try {
                    Reports.write(report, now, Path.of(file));
                } catch (IOException | RuntimeException | LinkageError e) {
                    said = NLS.bind(Messages.reports_notWritten, file, e.getMessage() == null ? e.toString()
                            : e.getMessage());
                    kind = IMessageProvider.ERROR;
                }
                tell(said, kind);
                return Status.OK_STATUS; // it has been told in the window
            }
        };
        job.schedule();
    }

    private void tell(String said, int kind) {
        Shell shell = getShell();
        if (shell != null) {
            Ui.async(shell, () -> setMessage(said, kind));
        }
    }
}
