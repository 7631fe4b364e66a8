package org.holdfast.console.servers.internal;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** Says what giving servers up means before it is done; the safe button is the usual one. */
public final class RetireDialog extends Dialog {
    private static final int NAMED = 8;

    private final List<Row<ServerSummary>> servers;

    /** @param servers which would be given up */
    public RetireDialog(Shell parent, List<Row<ServerSummary>> servers) {
        super(parent);
        this.servers = servers;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.action_retire);
        Ui.id(shell, "retire");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 8));
        body.setLayoutData(Ui.fill());
        var icon = new Label(body, SWT.NONE);
        icon.setImage(Icon.ERROR_LARGE.image());
        icon.setLayoutData(new GridData(SWT.CENTER, SWT.BEGINNING, false, false));
        var text = Ui.id(new Label(body, SWT.WRAP), "retire.text");
        text.setText(Ui.plain(NLS.bind(Messages.retire_text, names())));
        var data = Ui.fill();
        data.widthHint = Ui.chars(text, 70);
        text.setLayoutData(data);
        return area;
    }

    private String names() {
        String first = servers.stream().limit(NAMED).map(r -> r.value().name()).collect(Collectors.joining(", "));
        return servers.size() <= NAMED ? first
                : NLS.bind(Messages.retire_more, first, Formats.local().count(servers.size() - NAMED));
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, servers.size() == 1 ? Messages.retire_okOne
                : NLS.bind(Messages.retire_ok, Formats.local().count(servers.size())), false), "retire.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), true), "retire.cancel");
        getButton(IDialogConstants.CANCEL_ID).setFocus();
    }
}
