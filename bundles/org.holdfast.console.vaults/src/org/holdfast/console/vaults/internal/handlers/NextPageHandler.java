package org.holdfast.console.vaults.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.vaults.internal.editor.VaultEditor;

/** Shows the next page of a vault's editor. */
public final class NextPageHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof VaultEditor editor) {
            editor.view().turn(1);
        }
        return null;
    }
}
