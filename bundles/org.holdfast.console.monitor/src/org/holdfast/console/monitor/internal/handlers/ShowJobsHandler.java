package org.holdfast.console.monitor.internal.handlers;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.monitor.internal.JobScope;
import org.holdfast.console.monitor.internal.JobsPart;

/** Shows certain jobs; other parts call it for the numbers they count. */
public final class ShowJobsHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        JobsPart part = Parts.show(event, MonitorIds.JOBS, JobsPart.class);
        if (part != null) {
            Map<String, String> parameters = new HashMap<>();
            event.getParameters().forEach((name, value) -> parameters.put(name.toString(), value.toString()));
            part.show(JobScope.of(parameters));
        }
        return null;
    }
}
