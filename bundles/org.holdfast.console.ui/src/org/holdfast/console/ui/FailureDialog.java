package org.holdfast.console.ui;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.Failure;

/** A failure with all there is to know about it. */
public final class FailureDialog extends TitleAreaDialog {
    private static final int COPY = IDialogConstants.CLIENT_ID + 1;
    private static final int SHOW = IDialogConstants.CLIENT_ID + 2;

    private final Failure failure;

    /** Shows nothing until opened. */
    public FailureDialog(Shell parent, Failure failure) {
        super(parent);
        this.failure = failure;
        setShellStyle(getShellStyle() | SWT.RESIZE);
        setHelpAvailable(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.failure_title);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(failure.needsApproval() ? Messages.failure_asked : Problems.title(failure.problem()));
        setMessage(failure.message());
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        body.setLayoutData(Ui.fill());
        if (!failure.advice().isEmpty()) {
            Ui.label(body, Ui.plain(failure.advice()));
        }
        Ui.label(body, NLS.bind(Messages.state_code, failure.problem())).setForeground(Tone.MUTED.on(body));
        var text = Ui.name(new Text(body, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL),
                Messages.failure_details);
        text.setText(failure.details());
        var data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.heightHint = convertHeightInCharsToPixels(12);
        data.widthHint = convertWidthInCharsToPixels(90);
        text.setLayoutData(data);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        if (failure.needsApproval() && Approvals.canShow()) {
            createButton(parent, SHOW, Messages.failure_approvals, false);
        }
        createButton(parent, COPY, Messages.state_copy, false);
        createButton(parent, IDialogConstants.OK_ID, Buttons.close(), true);
    }

    @Override
    protected void buttonPressed(int button) {
        if (button == SHOW) {
            close();
            Approvals.show();
        } else if (button == COPY) {
            Ui.copy(getShell().getDisplay(), Problems.report(failure));
        } else {
            super.buttonPressed(button);
        }
    }
}
