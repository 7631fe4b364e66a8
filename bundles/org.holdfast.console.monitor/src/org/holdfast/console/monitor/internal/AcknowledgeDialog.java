package org.holdfast.console.monitor.internal;

import java.util.List;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** Asks what others should know when somebody takes care of alerts. */
public final class AcknowledgeDialog extends TitleAreaDialog {
    /** The rule of the vault. */
    private static final int LONGEST = 500;

    private final List<Row<AlertSummary>> alerts;
    private Text field;
    private String remark = "";

    /** @param alerts that somebody takes care of */
    public AcknowledgeDialog(Shell parent, List<Row<AlertSummary>> alerts) {
        super(parent);
        this.alerts = alerts;
        setHelpAvailable(false);
    }

    /** What others should know, may be empty. */
    public String remark() {
        return remark;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.alert_acknowledge);
        Ui.id(shell, "acknowledge");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.alert_acknowledgeHeading, Formats.local().count(alerts.size())));
        setMessage(Messages.alert_acknowledgePrompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        Ui.label(body, Messages.alert_remarkField);
        field = Ui.name(Ui.id(new Text(body, SWT.BORDER | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL), "acknowledge.remark"),
                Messages.alert_remark);
        field.setTextLimit(LONGEST);
        var data = Ui.fill();
        data.widthHint = convertWidthInCharsToPixels(60);
        data.heightHint = convertHeightInCharsToPixels(4);
        field.setLayoutData(data);
        field.addListener(SWT.Traverse, e -> e.doit |= e.detail == SWT.TRAVERSE_TAB_NEXT
                || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        Ui.async(field, field::setFocus);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.alert_acknowledge, true), "acknowledge.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "acknowledge.cancel");
    }

    @Override
    protected void okPressed() {
        remark = field.getText().strip();
        super.okPressed();
    }
}
