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

/** Asks what is to become of changes that are not stored. */
final class UnsavedDialog extends Dialog {
    private static final int SAVE = IDialogConstants.CLIENT_ID + 1;
    private static final int DISCARD = IDialogConstants.CLIENT_ID + 2;

    private final Runnable save;
    private final Runnable discard;

    UnsavedDialog(Shell parent, Runnable save, Runnable discard) {
        super(parent);
        this.save = save;
        this.discard = discard;
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.unsaved_title);
        Ui.id(shell, "unsaved");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var label = new Label(area, SWT.WRAP);
        label.setText(Ui.plain(Messages.unsaved_text));
        label.setLayoutData(Ui.fill());
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, SAVE, Messages.editor_save, true), "unsaved.save");
        Ui.id(createButton(parent, DISCARD, Messages.unsaved_discard, false), "unsaved.discard");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "unsaved.cancel");
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == SAVE || id == DISCARD) {
            close();
            (id == SAVE ? save : discard).run();
        } else {
            super.buttonPressed(id);
        }
    }
}
