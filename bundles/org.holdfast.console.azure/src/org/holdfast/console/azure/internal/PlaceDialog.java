package org.holdfast.console.azure.internal;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** The window of the wizard, with our names on its buttons. */
public final class PlaceDialog extends WizardDialog {
    /** Shows nothing until opened. */
    public PlaceDialog(Shell parent, PlaceWizard wizard) {
        super(parent, wizard);
        setShellStyle(getShellStyle() | SWT.RESIZE | SWT.MAX);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        Ui.id(shell, "place");
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        super.createButtonsForButtonBar(parent);
        Buttons.name(this::getButton);
        getButton(IDialogConstants.FINISH_ID).setText(Messages.place_finish);
        name(IDialogConstants.FINISH_ID, "place.finish");
        name(IDialogConstants.NEXT_ID, "place.next");
        name(IDialogConstants.BACK_ID, "place.back");
        name(IDialogConstants.CANCEL_ID, "place.cancel");
    }

    private void name(int button, String id) {
        Button widget = getButton(button);
        setButtonLayoutData(widget);
        Ui.id(widget, id);
    }
}
