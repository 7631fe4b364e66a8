package org.holdfast.console.servers.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Observers;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.SelectedServers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The servers that are selected in the console. Several places have a selection of their own; that of the place which
 * had the focus last counts.
 */
@Component(service = { ServerSelection.class, SelectedServers.class })
public final class ServerSelection implements SelectedServers {
    private final Observers<List<Row<ServerSummary>>> changes = new Observers<>();
    private List<Row<ServerSummary>> rows = List.of();
    private @Nullable Object owner;

    /** Nothing is selected. */
    @Activate
    public ServerSelection() {
        // nothing to prepare
    }

    @Override
    public List<Row<ServerSummary>> rows() {
        return rows;
    }

    @Override
    public Observers<List<Row<ServerSummary>>> changes() {
        return changes;
    }

    /** A place got the focus: from now on its selection counts. */
    public void take(Object place, List<Row<ServerSummary>> selected) {
        owner = place;
        set(selected);
    }

    /** The selection of a place changed. */
    public void offer(Object place, List<Row<ServerSummary>> selected) {
        if (owner == null || owner == place) {
            take(place, selected);
        }
    }

    /** A place is gone. */
    public void release(Object place) {
        if (owner == place) {
            owner = null;
            set(List.of());
        }
    }

    private void set(List<Row<ServerSummary>> selected) {
        if (!rows.equals(selected)) {
            rows = List.copyOf(selected);
            changes.fire(rows);
        }
    }
}
