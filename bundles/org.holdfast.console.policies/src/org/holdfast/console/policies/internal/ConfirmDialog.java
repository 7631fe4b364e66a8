package org.holdfast.console.policies.internal;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** Says what something means before it is done; the safe answer is the default. */
final class ConfirmDialog extends Dialog {
    private final String title;
    private final String text;
    private final String verb;
    private final Runnable agreed;

    /** @param verb what the button does, in words */
    ConfirmDialog(Shell parent, String title, String text, String verb, Runnable agreed) {
        super(parent);
        this.title = title;
        this.text = text;
        this.verb = verb;
        this.agreed = agreed;
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(title);
        Ui.id(shell, "confirm");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var label = Ui.id(new Label(area, SWT.WRAP), "confirm.text");
        label.setText(Ui.plain(text));
        var data = Ui.fill();
        data.widthHint = Ui.chars(label, 70);
        label.setLayoutData(data);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, verb, false), "confirm.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), true), "confirm.cancel");
        getButton(IDialogConstants.CANCEL_ID).setFocus();
    }

    @Override
    protected void okPressed() {
        super.okPressed();
        agreed.run();
    }
}
