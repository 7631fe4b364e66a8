package org.holdfast.console.monitor.internal;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.ApprovalView;

/** Shows what is asked for, and asks what others should know of the decision. */
public final class DecideDialog extends TitleAreaDialog {
    /** The rule of the vault. */
    private static final int LONGEST = 500;

    private final ApprovalAction action;
    private final List<Row<ApprovalView>> requests;
    private Text field;
    private String remark = "";

    /**
     * @param action to approve or to deny
     * @param requests that are decided about
     */
    public DecideDialog(Shell parent, ApprovalAction action, List<Row<ApprovalView>> requests) {
        super(parent);
        this.action = action;
        this.requests = requests;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    /** What others should know, may be empty. */
    public String remark() {
        return remark;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(action.title());
        Ui.id(shell, "decide");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.approval_heading, Formats.local().count(requests.size())));
        setMessage(action == ApprovalAction.APPROVE ? Messages.approval_approvePrompt : Messages.approval_denyPrompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        Ui.label(body, Messages.approval_whatField);
        var what = text(body, "decide.what", Messages.approval_what, SWT.READ_ONLY);
        what.setText(requests.stream().map(r -> NLS.bind(Messages.approval_wants, r.value().requestedBy(),
                r.value().what())).collect(Collectors.joining("\n\n")));
        Ui.label(body, Messages.alert_remarkField);
        field = text(body, "decide.remark", Messages.alert_remark, SWT.NONE);
        field.setTextLimit(LONGEST);
        Ui.async(field, field::setFocus);
        return area;
    }

    private Text text(Composite body, String id, String name, int style) {
        var text = Ui.name(Ui.id(new Text(body, SWT.BORDER | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL | style), id), name);
        var data = Ui.fill();
        data.widthHint = convertWidthInCharsToPixels(70);
        data.heightHint = convertHeightInCharsToPixels(4);
        text.setLayoutData(data);
        text.addListener(SWT.Traverse, e -> e.doit |= e.detail == SWT.TRAVERSE_TAB_NEXT
                || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        return text;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        boolean deny = action == ApprovalAction.DENY;
        Ui.id(createButton(parent, IDialogConstants.OK_ID, action.title(), deny), "decide.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), !deny), "decide.cancel");
    }

    @Override
    protected void okPressed() {
        remark = field.getText().strip();
        super.okPressed();
    }
}
