package org.holdfast.console.servers.internal.handlers;

import java.util.List;

import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.internal.editor.ChangePropertiesWizard;

/** Changes the properties of the selected server; of the first one when several are. */
public final class PropertiesHandler extends ServersHandler {
    @Override
    void run(Shell shell, List<Row<ServerSummary>> servers) {
        ChangePropertiesWizard.open(shell, servers.getFirst());
    }
}
