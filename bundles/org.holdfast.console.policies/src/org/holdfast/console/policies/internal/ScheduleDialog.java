package org.holdfast.console.policies.internal;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** The window of the wizard, with our names on its buttons. */
public final class ScheduleDialog extends WizardDialog {
    /** In average characters, so that the window grows with its texts. */
    private static final int WIDTH = 136;
    private static final int HEIGHT = 80;

    /** Shows nothing until opened. */
    public ScheduleDialog(Shell parent, ScheduleWizard wizard) {
        super(parent, wizard);
        setShellStyle(getShellStyle() | SWT.RESIZE);
        var screen = parent.getMonitor().getClientArea();
        setMinimumPageSize(Math.min(Ui.chars(parent, WIDTH), screen.width * 9 / 10),
                Math.min(Ui.chars(parent, HEIGHT), screen.height * 6 / 10));
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        Ui.id(shell, "scheduleBackup");
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        super.createButtonsForButtonBar(parent);
        Buttons.name(this::getButton);
        getButton(IDialogConstants.FINISH_ID).setText(Messages.wizard_finish);
        name(IDialogConstants.FINISH_ID, "scheduleBackup.finish");
        name(IDialogConstants.NEXT_ID, "scheduleBackup.next");
        name(IDialogConstants.BACK_ID, "scheduleBackup.back");
        name(IDialogConstants.CANCEL_ID, "scheduleBackup.cancel");
    }

    private void name(int button, String id) {
        Button widget = getButton(button);
        setButtonLayoutData(widget);
        Ui.id(widget, id);
    }
}
