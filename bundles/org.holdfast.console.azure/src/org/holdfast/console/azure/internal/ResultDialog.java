package org.holdfast.console.azure.internal;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** What came of making a vault's place: its steps, and how a vault server is started on it. */
public final class ResultDialog extends TitleAreaDialog {
    private final VaultPlan plan;

    /** Shows nothing until opened. */
    public ResultDialog(Shell parent, VaultPlan plan) {
        super(parent);
        this.plan = plan;
        setShellStyle(getShellStyle() | SWT.RESIZE);
        setHelpAvailable(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.place_window);
        Ui.id(shell, "place.result");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        boolean failed = !plan.failure().isEmpty();
        setTitle(failed ? Messages.result_failed : Messages.result_made);
        setMessage(failed ? plan.failure() + '\n' + plan.advice() : Messages.result_prompt,
                failed ? IMessageProvider.ERROR : IMessageProvider.INFORMATION);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        body.setLayoutData(Ui.fill());
        if (!failed) {
            line(body, "result.location", Messages.result_location, plan.location());
            line(body, "result.serve", Messages.result_serve, plan.serve());
            if (!plan.variables().isEmpty()) {
                line(body, "result.variables", Messages.result_variables, String.join(" ", plan.variables()));
            }
            if (!plan.keyVault().isEmpty()) {
                line(body, "result.keyVault", Messages.result_keyVault, plan.keyVault());
            }
        }
        var steps = new Composite(body, SWT.NONE);
        steps.setLayout(Ui.grid(1));
        var space = Ui.fill();
        space.horizontalSpan = 2;
        space.heightHint = convertHeightInCharsToPixels(14);
        space.widthHint = convertWidthInCharsToPixels(100);
        steps.setLayoutData(space);
        new PlanTable(steps, "result.table").show(plan.steps());
        return area;
    }

    private static void line(Composite body, String id, String label, String value) {
        Ui.label(body, label);
        var text = Ui.name(Ui.id(new Text(body, SWT.READ_ONLY | SWT.BORDER), id), label);
        text.setText(value);
        text.setLayoutData(Ui.wide());
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Buttons.close(), true), "result.close");
    }
}
