package org.holdfast.console.monitor.internal.handlers;

import java.util.Objects;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

/** Shows parts and finds what is behind them. */
final class Parts {
    private Parts() {
    }

    /** Shows a part and gives what is behind it, null when that is something else. */
    static <T> @Nullable T show(ExecutionEvent event, String id, Class<T> type) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        try {
            window.getActivePage().showView(id);
        } catch (PartInitException e) {
            throw new ExecutionException(id, e);
        }
        MPart part = window.getService(EPartService.class).findPart(id);
        return part != null && type.isInstance(part.getObject()) ? type.cast(part.getObject()) : null;
    }

    /** A parameter of a command, empty when it is not there. */
    static String text(ExecutionEvent event, String parameter) {
        return Objects.requireNonNullElse(event.getParameter(parameter), "");
    }
}
