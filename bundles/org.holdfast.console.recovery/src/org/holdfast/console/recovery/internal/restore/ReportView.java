package org.holdfast.console.recovery.internal.restore;

import java.util.List;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.Warning;
import org.holdfast.console.client.recover.RestoreReport;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Problems;
import org.holdfast.console.ui.Ui;

/** The numbers of a restore, and below them its warnings with a button that copies all of it. */
final class ReportView {
    private final Formats formats;
    private final Composite body;
    private final Composite numbers;
    private final Composite warnings;
    private final Label warningsTitle;
    private final DataTable<Warning> table;
    private RestoreReport report;

    ReportView(Composite parent, Formats formats) {
        this.formats = formats;
        body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        numbers = Ui.id(new Composite(body, SWT.NONE), "report.numbers");
        var columns = Ui.grid(2);
        columns.horizontalSpacing = 24;
        numbers.setLayout(columns);
        warnings = new Composite(body, SWT.NONE);
        warnings.setLayout(Ui.grid(2));
        warnings.setLayoutData(Ui.fill());
        warningsTitle = new Label(warnings, SWT.NONE);
        warningsTitle.setLayoutData(Ui.wide());
        Button copy = Ui.button(warnings, "report.copy", Messages.report_copy, this::copy);
        copy.setLayoutData(new GridData(SWT.END, SWT.CENTER, false, false));
        table = new DataTable<>(warnings, SWT.MULTI | SWT.BORDER, "report.warnings", Messages.report_warningsTable,
                List.of(Column.<Warning>text("path", Messages.report_path, 46, w -> w.path().toString()).growing(),
                        Column.text("problem", Messages.report_problem, 34, w -> Problems.title(w.problem())),
                        Column.text("reason", Messages.report_reason, 40, Warning::reason)));
        var data = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
        data.heightHint = 10 * table.control().getItemHeight();
        table.setLayoutData(data);
        table.toolTip(Warning::reason);
    }

    Control control() {
        return body;
    }

    void show(RestoreReport next) {
        report = next;
        for (Control child : numbers.getChildren()) {
            child.dispose();
        }
        boolean dry = next.dryRun();
        number(dry ? Messages.report_toWrite : Messages.report_written,
                NLS.bind(Messages.report_filesAndSize, formats.count(next.files()), formats.size(next.bytes())));
        number(Messages.report_folders, formats.count(next.directories()));
        numberUnlessZero(Messages.report_unchanged, next.unchanged());
        numberUnlessZero(Messages.report_copies, next.copies());
        numberUnlessZero(Messages.report_replaced, next.replaced());
        numberUnlessZero(Messages.report_skipped, next.skipped());
        if (!dry) {
            number(Messages.report_elapsed, formats.duration(next.elapsed()));
        }
        List<Warning> all = next.warnings();
        warningsTitle.setText(NLS.bind(Messages.report_warnings, formats.count(all.size())));
        warnings.setVisible(!all.isEmpty());
        ((GridData) warnings.getLayoutData()).exclude = all.isEmpty();
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return all.size();
            }

            @Override
            public Warning row(int index) {
                return index < all.size() ? all.get(index) : null;
            }
        });
        body.layout(true, true);
    }

    private void numberUnlessZero(String title, long value) {
        if (value != 0) {
            number(title, formats.count(value));
        }
    }

    private void number(String title, String value) {
        Ui.label(numbers, title);
        var label = Ui.label(numbers, value);
        label.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
    }

    private void copy() {
        var text = new StringBuilder();
        Control[] children = numbers.getChildren();
        for (int i = 0; i + 1 < children.length; i += 2) {
            text.append(((Label) children[i]).getText()).append('\t').append(((Label) children[i + 1]).getText())
                    .append('\n');
        }
        for (Warning w : report.warnings()) {
            text.append(w.path()).append('\t').append(w.problem()).append('\t').append(w.reason()).append('\n');
        }
        Ui.copy(body.getDisplay(), text.toString());
    }
}
