package org.holdfast.console.servers.internal.handlers;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.servers.internal.ServersPart;

/** Shows certain servers; other parts call it for the numbers they count. */
public final class ShowServersHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        try {
            window.getActivePage().showView(ServersIds.SERVERS);
        } catch (PartInitException e) {
            throw new ExecutionException(ServersIds.SERVERS, e);
        }
        MPart part = window.getService(EPartService.class).findPart(ServersIds.SERVERS);
        if (part != null && part.getObject() instanceof ServersPart servers) {
            Set<String> chips = Arrays.stream(text(event, ServersIds.SHOW_CHIPS).split(","))
                    .filter(chip -> !chip.isEmpty()).collect(Collectors.toSet());
            servers.show(chips, text(event, ServersIds.SHOW_TEXT), text(event, ServersIds.SHOW_SERVER));
        }
        return null;
    }

    private static String text(ExecutionEvent event, String parameter) {
        return Objects.requireNonNullElse(event.getParameter(parameter), "");
    }
}
