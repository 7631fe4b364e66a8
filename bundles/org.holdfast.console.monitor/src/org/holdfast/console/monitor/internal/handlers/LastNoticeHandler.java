package org.holdfast.console.monitor.internal.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.monitor.internal.MonitorSelection;
import org.holdfast.console.monitor.internal.Notice;
import org.holdfast.console.monitor.internal.Opener;

/** Shows what the last notice was about: the window that told it takes no keys. */
public final class LastNoticeHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        MonitorSelection selection = HandlerUtil.getActiveWorkbenchWindowChecked(event)
                .getService(MonitorSelection.class);
        Notice notice = selection == null ? null : selection.notice();
        if (notice != null) {
            Opener.workbench().open(notice.command(), notice.parameters());
        }
        return null;
    }
}
