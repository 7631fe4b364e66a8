package org.holdfast.console.servers.internal;

import java.util.List;
import java.util.Map;

import org.eclipse.ui.AbstractSourceProvider;
import org.eclipse.ui.ISources;
import org.eclipse.ui.services.IServiceLocator;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.model.Row;

/** Tells the workbench's expressions what is selected, so that commands are enabled only when they can run. */
public final class ServersSources extends AbstractSourceProvider {
    /** At least one server is selected. */
    public static final String SELECTED = "org.holdfast.console.servers.hasServers";

    private ServerSelection selection;
    private Subscription subscription = () -> {
    };

    @Override
    public void initialize(IServiceLocator locator) {
        selection = locator.getService(ServerSelection.class);
        if (selection != null) {
            subscription = selection.changes().add(this::tell);
        }
    }

    private void tell(List<Row<ServerSummary>> rows) {
        fireSourceChanged(ISources.WORKBENCH, SELECTED, !rows.isEmpty());
    }

    @Override
    public Map<String, Object> getCurrentState() {
        return Map.of(SELECTED, selection != null && !selection.rows().isEmpty());
    }

    @Override
    public String[] getProvidedSourceNames() {
        return new String[] { SELECTED };
    }

    @Override
    public void dispose() {
        subscription.close();
    }
}
