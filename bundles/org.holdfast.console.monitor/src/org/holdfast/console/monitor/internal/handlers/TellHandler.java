package org.holdfast.console.monitor.internal.handlers;

import java.util.Map;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.monitor.internal.MonitorSelection;
import org.holdfast.console.monitor.internal.Notice;
import org.holdfast.console.monitor.internal.NoticeWindow;
import org.holdfast.console.monitor.internal.Opener;
import org.holdfast.console.ui.Icon;

/** Tells a notice of another part, for work that has ended while the person was elsewhere. */
public final class TellHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        MonitorSelection selection = window.getService(MonitorSelection.class);
        Notice notice = notice(event);
        if (selection != null) {
            selection.setNotice(notice);
        }
        new NoticeWindow(window.getShell(), Opener.workbench()).show(notice);
        return null;
    }

    private static Notice notice(ExecutionEvent event) {
        boolean failed = Boolean.parseBoolean(event.getParameter(MonitorIds.TELL + ".failed"));
        String text = event.getParameter(MonitorIds.TELL + ".text");
        String command = event.getParameter(MonitorIds.TELL + ".command");
        return new Notice(failed ? Icon.ERROR : Icon.COMPLETED,
                String.valueOf(event.getParameter(MonitorIds.TELL + ".title")), text == null ? "" : text,
                command == null ? "" : command, Map.of());
    }
}
