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

    /** The selected servers: a list of rows, see {@link Row}. */
    public static final String SELECTION = "org.holdfast.console.servers.selection";

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
        fireSourceChanged(ISources.WORKBENCH, Map.of(SELECTED, !rows.isEmpty(), SELECTION, rows));
    }

    @Override
    public Map<String, Object> getCurrentState() {
        List<Row<ServerSummary>> rows = selection == null ? List.of() : selection.rows();
        return Map.of(SELECTED, !rows.isEmpty(), SELECTION, rows);
    }

    @Override
    public String[] getProvidedSourceNames() {
        return new String[] { SELECTED, SELECTION };
    }

    @Override
    public void dispose() {
        subscription.close();
    }
}
