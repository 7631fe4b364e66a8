package org.holdfast.console.monitor.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.ui.AbstractSourceProvider;
import org.eclipse.ui.ISources;
import org.eclipse.ui.services.IServiceLocator;
import org.holdfast.console.client.Subscription;

/** Tells the workbench's expressions what can be done, so that commands are enabled only when they can run. */
public final class MonitorSources extends AbstractSourceProvider {
    private static final String CAUSE = "org.holdfast.console.monitor.hasCause";
    private static final String NOTICE = "org.holdfast.console.monitor.hasNotice";

    private MonitorSelection selection;
    private Subscription subscription = () -> {
    };

    @Override
    public void initialize(IServiceLocator locator) {
        selection = locator.getService(MonitorSelection.class);
        if (selection != null) {
            subscription = selection.changes().add(s -> fireSourceChanged(ISources.WORKBENCH, getCurrentState()));
        }
    }

    @Override
    public Map<String, Object> getCurrentState() {
        Map<String, Object> state = new HashMap<>();
        for (JobAction action : JobAction.values()) {
            state.put(action.variable(), selection != null && action.isPossible(selection.jobs()));
        }
        for (AlertAction action : AlertAction.values()) {
            state.put(action.variable(), selection != null && action.isPossible(selection.alerts()));
        }
        state.put(CAUSE, selection != null && Causes.has(selection.alerts()));
        state.put(NOTICE, selection != null && selection.notice() != null);
        return state;
    }

    @Override
    public String[] getProvidedSourceNames() {
        return Stream.of(Arrays.stream(JobAction.values()).map(JobAction::variable),
                Arrays.stream(AlertAction.values()).map(AlertAction::variable), Stream.of(CAUSE, NOTICE))
                .flatMap(names -> names).toArray(String[]::new);
    }

    @Override
    public void dispose() {
        subscription.close();
    }
}
