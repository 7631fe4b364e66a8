package org.holdfast.console.policies.internal;

import java.util.List;
import java.util.function.Consumer;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** Asks for servers of a vault. */
final class ServersDialog extends TitleAreaDialog {
    private final Row<VaultPolicy> policy;
    private final Consumer<List<Row<ServerSummary>>> chosen;
    private final ServerPicker picker;

    ServersDialog(Shell parent, PolicyWords words, Row<VaultPolicy> policy,
            Consumer<List<Row<ServerSummary>>> chosen) {
        super(parent);
        this.policy = policy;
        this.chosen = chosen;
        picker = new ServerPicker(words, policy.session().live().servers().snapshot().stream()
                .filter(s -> s.vault().equals(policy.value().vault())).map(s -> new Row<>(policy.session(), s))
                .toList(),
                this::update);
        setHelpAvailable(false);
        setBlockOnOpen(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.assign_job);
        Ui.id(shell, "assignServers");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.assign_heading, policy.value().policy().name()));
        setMessage(Messages.assign_prompt);
        picker.create(area).setLayoutData(Ui.fill());
        Ui.async(area, picker::focus);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.assign_ok, true), "assignServers.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "assignServers.cancel");
        update();
    }

    private void update() {
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(!picker.servers().isEmpty());
        }
    }

    @Override
    protected void okPressed() {
        var servers = picker.servers();
        super.okPressed();
        chosen.accept(servers);
    }
}
