package org.holdfast.console.recovery.internal;

import java.util.concurrent.Executor;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** Asks for the registered server that is to restore another one's data; only those of the same vault can. */
final class OtherServerDialog extends TitleAreaDialog {
    private final VaultConnections connections;
    private final Executor ui;
    private final ServerPlace source;
    private ServerTable servers;
    private Row<ServerSummary> chosen;

    OtherServerDialog(Shell parent, VaultConnections connections, Executor ui, ServerPlace source) {
        super(parent);
        this.connections = connections;
        this.ui = ui;
        this.source = source;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    /** What was chosen, or null. */
    ServerPlace chosen() {
        return chosen == null ? null : new ServerPlace(chosen.session(), chosen.value());
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.open_title);
        Ui.id(shell, "otherServer");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(Messages.where_chooseHeading);
        setMessage(Messages.where_choosePrompt);
        var area = (Composite) super.createDialogArea(parent);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 8));
        body.setLayoutData(Ui.fill());
        servers = new ServerTable(body, connections, ui, "otherServer", this::isPossible, row -> {
            chosen = row;
            update();
        }, this::okPressed);
        Ui.async(body, servers::setFocus);
        return area;
    }

    private boolean isPossible(Row<ServerSummary> row) {
        ServerSummary server = row.value();
        return row.session() == source.session() && server.vault().equals(source.server().vault())
                && !server.id().equals(source.server().id()) && server.state() != ServerState.RETIRED
                && server.state() != ServerState.REGISTERING;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.where_chooseOk, true),
                "otherServer.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "otherServer.cancel");
        update();
    }

    private void update() {
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(chosen != null);
        }
    }

    @Override
    protected boolean isResizable() {
        return true;
    }
}
