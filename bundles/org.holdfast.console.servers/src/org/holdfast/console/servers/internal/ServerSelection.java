package org.holdfast.console.servers.internal;

import java.util.List;

import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Observers;
import org.holdfast.console.model.Row;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The servers that are selected in the console. To be used on the user interface thread. */
@Component(service = ServerSelection.class)
public final class ServerSelection {
    private final Observers<List<Row<ServerSummary>>> changes = new Observers<>();
    private List<Row<ServerSummary>> rows = List.of();

    /** Nothing is selected. */
    @Activate
    public ServerSelection() {
        // nothing to prepare
    }

    /** What is selected. */
    public List<Row<ServerSummary>> rows() {
        return rows;
    }

    /** Told after that has changed. */
    public Observers<List<Row<ServerSummary>>> changes() {
        return changes;
    }

    /** Selects. */
    public void set(List<Row<ServerSummary>> selected) {
        if (!rows.equals(selected)) {
            rows = List.copyOf(selected);
            changes.fire(rows);
        }
    }
}
