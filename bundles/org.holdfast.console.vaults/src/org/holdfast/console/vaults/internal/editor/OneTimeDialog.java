package org.holdfast.console.vaults.internal.editor;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** Shows a password this once, for somebody to hand on. */
final class OneTimeDialog extends TitleAreaDialog {
    private final String user;
    private final String secret;

    OneTimeDialog(Shell parent, String user, String secret) {
        super(parent);
        this.user = user;
        this.secret = secret;
        setHelpAvailable(false);
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.oneTime_title);
        Ui.id(shell, "oneTime");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.oneTime_heading, user));
        setMessage(Messages.oneTime_prompt);
        var fields = new Fields(area, () -> {
        });
        fields.text("oneTime.secret", Messages.oneTime_secret, secret, SWT.READ_ONLY);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.CLIENT_ID, Messages.oneTime_copy, false), "oneTime.copy");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.close(), true), "oneTime.close");
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == IDialogConstants.CLIENT_ID) {
            Ui.copy(getShell().getDisplay(), secret);
        } else {
            super.buttonPressed(id);
        }
    }
}
