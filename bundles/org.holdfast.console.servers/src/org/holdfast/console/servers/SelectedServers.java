package org.holdfast.console.servers;

import java.util.List;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Observers;
import org.holdfast.console.model.Row;

/**
 * The servers that commands act on: those selected in the part with the servers, or the one of the active editor. An
 * OSGi service. The variable {@code org.holdfast.console.servers.hasServers} of the workbench's expressions says
 * whether there are any. To be used on the user interface thread.
 */
public interface SelectedServers {
    /** The servers, as the vaults told them last. */
    List<Row<ServerSummary>> rows();

    /** Told after they have changed. */
    Observers<List<Row<ServerSummary>>> changes();
}
