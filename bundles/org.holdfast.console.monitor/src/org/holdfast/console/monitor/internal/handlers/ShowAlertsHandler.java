package org.holdfast.console.monitor.internal.handlers;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.monitor.internal.AlertsPart;

/** Shows certain alerts; other parts call it for the numbers they count. */
public final class ShowAlertsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        AlertsPart part = Parts.show(event, MonitorIds.ALERTS, AlertsPart.class);
        if (part != null) {
            part.show(Arrays.stream(Parts.text(event, MonitorIds.ALERTS_CHIPS).split(","))
                    .filter(chip -> !chip.isEmpty()).collect(Collectors.toSet()),
                    Parts.text(event, MonitorIds.ALERTS_TEXT));
        }
        return null;
    }
}
