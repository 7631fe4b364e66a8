package org.holdfast.console.app.internal;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** What this is, in which versions; to be read, copied, or saved with diagnostics. */
public final class AboutDialog extends TitleAreaDialog {
    static final String DIAGNOSTICS = "org.holdfast.console.app.diagnostics";
    private static final int COPY = IDialogConstants.CLIENT_ID + 1;
    private static final int SAVE = IDialogConstants.CLIENT_ID + 2;

    /** Shows nothing until opened. */
    public AboutDialog(Shell parent) {
        super(parent);
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.about_title);
        Ui.id(shell, "about");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var resources = new LocalResourceManager(JFaceResources.getResources(), parent);
        setTitleImage(resources.create(Icon.VAULT_BANNER.descriptor()));
        var area = (Composite) super.createDialogArea(parent);
        setTitle("Holdfast");
        setMessage(Messages.about_message);
        var text = Ui.name(Ui.id(new Text(area, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.H_SCROLL),
                "about.versions"), Messages.about_versions);
        text.setText(String.join("\n", Versions.lines()) + "\n\n" + Messages.about_license);
        var data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.widthHint = convertWidthInCharsToPixels(80);
        data.heightHint = text.getLineHeight() * 11;
        text.setLayoutData(data);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, COPY, Messages.about_copy, false), "about.copy");
        Ui.id(createButton(parent, SAVE, Messages.about_diagnostics, false), "about.diagnostics");
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Buttons.close(), true), "about.close");
    }

    @Override
    protected void buttonPressed(int button) {
        switch (button) {
            case COPY -> Ui.copy(getShell().getDisplay(), String.join("\n", Versions.lines()));
            case SAVE -> {
                close();
                Commands.run(DIAGNOSTICS);
            }
            default -> super.buttonPressed(button);
        }
    }
}
