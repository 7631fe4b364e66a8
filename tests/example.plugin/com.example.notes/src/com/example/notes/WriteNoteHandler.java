package com.example.notes;

import java.util.List;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.SelectedServers;

/** Writes one note on all selected servers. */
public final class WriteNoteHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        List<Row<ServerSummary>> servers = window.getService(SelectedServers.class).rows();
        NoteBook book = window.getService(NoteBook.class);
        if (!servers.isEmpty()) {
            var dialog = new InputDialog(window.getShell(), "Note", "Note on " + servers.size() + " servers:",
                    book.read(servers.getFirst().value().id()), null);
            if (dialog.open() == Window.OK) {
                servers.forEach(row -> book.write(row.value().id(), dialog.getValue()));
            }
        }
        return null;
    }
}
