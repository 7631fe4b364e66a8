package org.holdfast.console.servers.internal.handlers;

import java.util.List;

import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.internal.ServerActions;
import org.holdfast.console.servers.internal.TagsDialog;

/** Changes the tags of the selected servers. */
public final class TagsHandler extends ServersHandler {
    @Override
    void run(Shell shell, List<Row<ServerSummary>> servers) {
        var dialog = new TagsDialog(shell, servers);
        if (dialog.open() == Window.OK) {
            new ServerActions(shell).tag(servers, dialog.added(), dialog.removed());
        }
    }
}
