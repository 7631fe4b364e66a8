package org.holdfast.console.servers.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.servers.internal.editor.ServerEditor;

/** Shows the next page of a server's editor. */
public final class NextPageHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof ServerEditor editor) {
            editor.view().turn(1);
        }
        return null;
    }
}
