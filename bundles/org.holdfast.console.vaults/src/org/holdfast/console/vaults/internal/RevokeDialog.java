package org.holdfast.console.vaults.internal;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.CredentialsView;

/** Says what revoking a file means before it is done. */
final class RevokeDialog extends Dialog {
    private final Formats formats;
    private final CredentialsView file;
    private final Runnable agreed;

    RevokeDialog(Shell parent, Formats formats, CredentialsView file, Runnable agreed) {
        super(parent);
        this.formats = formats;
        this.file = file;
        this.agreed = agreed;
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.revoke_title);
        Ui.id(shell, "revoke");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var text = Ui.id(new Label(area, SWT.WRAP), "revoke.text");
        text.setText(Ui.plain(NLS.bind(Messages.revoke_text, formats.time(file.created()), file.createdBy())));
        var data = Ui.fill();
        data.widthHint = Ui.chars(text, 70);
        text.setLayoutData(data);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.revoke_ok, false), "revoke.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), true), "revoke.cancel");
        getButton(IDialogConstants.CANCEL_ID).setFocus();
    }

    @Override
    protected void okPressed() {
        super.okPressed();
        agreed.run();
    }
}
