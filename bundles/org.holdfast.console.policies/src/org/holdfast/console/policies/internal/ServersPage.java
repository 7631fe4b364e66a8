package org.holdfast.console.policies.internal;

import java.util.List;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Ui;

/** First page: the servers. */
final class ServersPage extends WizardPage {
    private final ServerPicker picker;
    private final Runnable changed;

    ServersPage(PolicyWords words, List<Row<ServerSummary>> all, List<Row<ServerSummary>> selected,
            Runnable changed) {
        super("servers", Messages.wizard_serversTitle, null);
        setDescription(Messages.wizard_servers);
        this.changed = changed;
        picker = new ServerPicker(words, all, this::checked);
        picker.check(selected);
        setPageComplete(!picker.servers().isEmpty());
    }

    @Override
    public void createControl(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        picker.create(body).setLayoutData(Ui.fill());
        setControl(body);
    }

    private void checked() {
        setPageComplete(!picker.servers().isEmpty());
        changed.run();
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            picker.focus();
        }
    }

    List<Row<ServerSummary>> servers() {
        return picker.servers();
    }
}
