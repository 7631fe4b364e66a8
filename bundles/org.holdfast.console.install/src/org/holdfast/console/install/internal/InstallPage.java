package org.holdfast.console.install.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Ui;

/** A page that says what is still wrong with it each time something on it changes. */
abstract class InstallPage extends WizardPage {
    private int version;

    InstallPage(String id, String title, String prompt) {
        super(id, title, null);
        setDescription(prompt);
        setPageComplete(false);
    }

    /** Null when the page is complete, empty when something is not there yet, else what is wrong. */
    abstract @Nullable String problem();

    /** Grows with each change, so that others see that what they know is out of date. */
    final int version() {
        return version;
    }

    /** Something was changed by the person. */
    final void changed() {
        version++;
        judge();
    }

    /** Shows what is wrong. */
    final void judge() {
        if (getControl() == null) {
            return;
        }
        String problem = problem();
        setErrorMessage(problem == null || problem.isEmpty() ? null : problem);
        setPageComplete(problem == null);
    }

    /** What a label says, without its mnemonic. */
    static String plain(String label) {
        return label.replace("&", "").replaceAll("[::]$", "");
    }

    final Text text(Composite body, String id, String label, int columns) {
        Ui.label(body, label);
        return field(body, id, label, SWT.NONE, columns);
    }

    final Text secret(Composite body, String id, String label, int columns) {
        Ui.label(body, label);
        return field(body, id, label, SWT.PASSWORD, columns);
    }

    final Text field(Composite body, String id, String label, int style, int columns) {
        Text field = Ui.name(Ui.id(new Text(body, SWT.BORDER | style), id), plain(label));
        var wide = new GridData(SWT.FILL, SWT.CENTER, true, false, columns, 1);
        wide.widthHint = convertWidthInCharsToPixels(20);
        field.setLayoutData(wide);
        field.addListener(SWT.Modify, e -> changed());
        return field;
    }

    final Button check(Composite body, String id, String label, int columns) {
        Button check = Ui.id(new Button(body, SWT.CHECK), id);
        check.setText(label);
        check.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, columns, 1));
        check.addListener(SWT.Selection, e -> changed());
        return check;
    }

    final Spinner spinner(Composite body, String id, String label, int value, int most) {
        Ui.label(body, label);
        Spinner spinner = Ui.name(Ui.id(new Spinner(body, SWT.BORDER), id), plain(label));
        spinner.setValues(value, 1, most, 0, 1, 10);
        spinner.addListener(SWT.Modify, e -> changed());
        return spinner;
    }

    static Group group(Composite body, String title, int columns) {
        var group = new Group(body, SWT.NONE);
        group.setText(title);
        group.setLayout(Ui.grid(columns, 6));
        group.setLayoutData(Ui.wide());
        return group;
    }

    static <T extends Control> T indent(T control, int pixels) {
        if (control.getLayoutData() instanceof GridData data) {
            data.horizontalIndent = pixels;
        }
        return control;
    }
}
