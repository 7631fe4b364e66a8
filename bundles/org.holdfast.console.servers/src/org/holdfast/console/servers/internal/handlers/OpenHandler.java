package org.holdfast.console.servers.internal.handlers;

import java.util.List;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.servers.internal.ServerSelection;
import org.holdfast.console.servers.internal.editor.ServerInput;

/** Opens servers in editors: the one that the parameters name, or those that are selected. */
public final class OpenHandler extends AbstractHandler {
    /** More editors than these help nobody. */
    private static final int MOST = 8;

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        IWorkbenchPage page = window.getActivePage();
        try {
            for (ServerInput input : inputs(event, window)) {
                page.setEditorAreaVisible(true);
                page.openEditor(input, ServersIds.EDITOR);
            }
        } catch (PartInitException e) {
            throw new ExecutionException("The server could not be opened.", e);
        }
        return null;
    }

    private static List<ServerInput> inputs(ExecutionEvent event, IWorkbenchWindow window) {
        String connection = event.getParameter(ServersIds.OPEN_CONNECTION);
        String server = event.getParameter(ServersIds.OPEN_SERVER);
        if (connection != null && server != null) {
            ServerSummary known = find(window.getService(VaultConnections.class), connection, server);
            return List.of(new ServerInput(connection, server, known == null ? server : known.name()));
        }
        ServerSelection selection = window.getService(ServerSelection.class);
        List<Row<ServerSummary>> rows = selection == null ? List.of() : selection.rows();
        return rows.stream().limit(MOST).map(row -> new ServerInput(row.session().connection().id(),
                row.value().id(), row.value().name())).toList();
    }

    private static @Nullable ServerSummary find(VaultConnections connections, String connection, String server) {
        return connections.sessions().stream().filter(s -> s.connection().id().equals(connection)).findFirst()
                .map(s -> s.live().servers().get(server)).orElse(null);
    }
}
