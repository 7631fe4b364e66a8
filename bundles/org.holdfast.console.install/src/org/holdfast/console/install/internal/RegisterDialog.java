package org.holdfast.console.install.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.wizard.IWizard;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** The window of a wizard, with our names on its buttons. */
public final class RegisterDialog extends WizardDialog {
    private final String id;
    private final String finish;

    private RegisterDialog(Shell parent, IWizard wizard, String id, String finish) {
        super(parent, wizard);
        this.id = id;
        this.finish = finish;
        setShellStyle(getShellStyle() | SWT.RESIZE | SWT.MAX);
    }

    /** The window of the wizard that registers servers. */
    public static RegisterDialog of(Shell parent, RegisterWizard wizard) {
        return new RegisterDialog(parent, wizard, "register", Messages.register_finish);
    }

    /** The window of the wizard that makes the line. */
    public static RegisterDialog of(Shell parent, LineWizard wizard) {
        return new RegisterDialog(parent, wizard, "line", Buttons.close());
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        Ui.id(shell, id);
    }

    /** A button, or null. */
    @Nullable
    Button button(int number) {
        return getButton(number);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        super.createButtonsForButtonBar(parent);
        Buttons.name(this::getButton);
        getButton(IDialogConstants.FINISH_ID).setText(finish);
        name(IDialogConstants.FINISH_ID, id + ".finish");
        name(IDialogConstants.NEXT_ID, id + ".next");
        name(IDialogConstants.BACK_ID, id + ".back");
        name(IDialogConstants.CANCEL_ID, id + ".cancel");
    }

    private void name(int button, String widgetId) {
        Button widget = getButton(button);
        setButtonLayoutData(widget);
        Ui.id(widget, widgetId);
    }
}
